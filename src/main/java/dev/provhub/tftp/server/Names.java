package dev.provhub.tftp.server;

/** Names that are a file of the virtual root, and those that would lead out of it on some machine. */
final class Names {
    private Names() {}

    /**
     * Whether a name may be handed on: no segment {@code ..}, no backslash, no NUL, nothing that was no UTF-8 (the overlong forms
     * of these among it). A percent sign is a percent sign; a leading slash is allowed.
     */
    static boolean isFile(String name) {
        int segment = 0;
        for (int i = 0; i <= name.length(); i++) {
            char c = i == name.length() ? '/' : name.charAt(i);
            if (c == '\\' || c == 0 || c == '\uFFFD') {
                return false;
            }
            if (c == '/') {
                if (i - segment == 2 && name.startsWith("..", segment)) {
                    return false;
                }
                segment = i + 1;
            }
        }
        return true;
    }
}
