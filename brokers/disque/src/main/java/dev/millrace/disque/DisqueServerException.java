// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

/**
 * The server refused a command; nothing was done. Errors that a program can react to have a class of their own, chosen
 * by the first word of the error; all others ({@code ERR …} and unknown words) are this class itself: wrong usage, which
 * neither another node nor another time helps.
 */
public sealed class DisqueServerException extends DisqueException
        permits BadIdException,
                DuplicateJobException,
                LeavingException,
                LoadingException,
                MaxLenException,
                MisconfException,
                NoAuthException,
                NoJobException,
                NoPermissionException,
                NoReplException,
                OutOfMemoryException,
                PausedException,
                TooLateException {
    private static final long serialVersionUID = 1L;

    DisqueServerException(String message) {
        super(message, null);
    }

    /**
     * The first word of the error.
     *
     * @return for example {@code NOREPL}, or {@code ERR} for wrong usage
     */
    public final String prefix() {
        String message = String.valueOf(getMessage());
        int end = message.indexOf(' ');
        return end < 0 ? message : message.substring(0, end);
    }

    @Override
    public boolean helpsElsewhere() {
        return false;
    }

    @Override
    public boolean helpsLater() {
        return false;
    }
}
