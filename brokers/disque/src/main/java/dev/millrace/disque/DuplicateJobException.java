// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

/**
 * {@code DUPLICATE}: the server knows a job with the same id of your own, so this one was not stored. Only servers of
 * Millrace say it, to {@link MillraceWords#add}.
 */
public final class DuplicateJobException extends DisqueServerException {
    private static final long serialVersionUID = 1L;

    DuplicateJobException(String message) {
        super(message);
    }

    /**
     * The job that is there.
     *
     * @return its id
     * @throws DisqueProtocolException if the server did not name it
     */
    public DisqueJobId existing() {
        String message = String.valueOf(getMessage());
        String id = message.substring(message.indexOf(' ') + 1);
        try {
            return DisqueJobId.parse(id);
        } catch (IllegalArgumentException e) {
            throw new DisqueProtocolException("the server named no job in '" + message + "'", e);
        }
    }
}
