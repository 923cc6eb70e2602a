package dev.provhub.rules;

import java.util.regex.Pattern;

/** URLs as they may stand in a rule. */
final class RuleUrl {
    private static final Pattern MACRO = Pattern.compile("\\$\\([A-Z]+[0-9]?\\)");
    private static final Pattern SAFE =
            Pattern.compile("(tftp|https?)://[A-Za-z0-9._-]+(:[0-9]{1,5})?/[A-Za-z0-9._~/?=&%+-]*");

    private RuleUrl() {}

    /**
     * Lets a URL through that every phone reads as it is meant. Macros stand as {@code $(NAME)}; beside them there is no
     * blank, bracket, bar, quote or dollar sign, no IPv6 literal, and no {@code ?} in a TFTP URL, where it would become part of
     * the file name.
     *
     * @throws RuleException when it is not so; the message does not hold the URL, which may be a secret
     */
    static String checked(String url) {
        if (!SAFE.matcher(withoutMacros(url)).matches()) {
            throw new RuleException("a URL for a rule needs scheme, host and path, and none of the characters"
                    + " that end or split a rule: blanks, | ( ) [ ] ; ! \" or a $ outside $(NAME)");
        }
        if (url.startsWith("tftp:") && url.indexOf('?') >= 0) {
            throw new RuleException("a TFTP URL cannot hold a '?': it would become part of the file name");
        }
        return url;
    }

    /** The text with a letter in the place of each macro. */
    static String withoutMacros(String text) {
        return MACRO.matcher(text).replaceAll("M");
    }
}
