// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

/** Which exception an error of the server is. */
final class ServerErrors {
    private ServerErrors() {}

    static DisqueServerException of(String message) {
        int end = message.indexOf(' ');
        return switch (end < 0 ? message : message.substring(0, end)) {
            case "BADID" -> new BadIdException(message);
            case "DUPLICATE" -> new DuplicateJobException(message);
            case "LEAVING" -> new LeavingException(message);
            case "LOADING" -> new LoadingException(message);
            case "MAXLEN" -> new MaxLenException(message);
            case "MISCONF" -> new MisconfException(message);
            case "NOAUTH" -> new NoAuthException(message);
            case "NOJOB" -> new NoJobException(message);
            case "NOPERM" -> new NoPermissionException(message);
            case "NOREPL" -> new NoReplException(message);
            case "OOM" -> new OutOfMemoryException(message);
            case "PAUSED" -> new PausedException(message);
            case "TOOLATE" -> new TooLateException(message);
            default -> new DisqueServerException(message);
        };
    }
}
