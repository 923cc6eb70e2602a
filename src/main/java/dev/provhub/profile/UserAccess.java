package dev.provhub.profile;

/** What the user of a phone may do with a parameter on its page or menu: the attribute {@code ua}. */
public enum UserAccess {
    /** Not even see it. */
    NA,
    /** Read it. */
    RO,
    /** Change it. */
    RW
}
