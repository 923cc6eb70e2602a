package dev.provhub.emulator.firmware;

/** How a family writes in {@code $SWVER} what a file name says with hyphens. */
public enum FirmwareVersionText {
    /** {@code spa942-6-1-5a.bin} is {@code 6.1.5(a)}; {@code spa3102-5-1-10-GW.bin} is {@code 5.1.10(GW)}. */
    TAIL_IN_PARENTHESES,
    /** {@code spa525g-7-6-2e-bt.bin} is {@code 7.6.2e}; what follows a further hyphen names a variant. */
    TAIL_BARE,
    /** {@code ATA19x.11-2-2MPP0101-013.img} is {@code 11-2-2MPP0101-013}. */
    DASHED,
    /** {@code sip78xx.12-0-7MPP0201-66.loads} is {@code sip78xx.12-0-7MPP0201-66}. */
    DASHED_WITH_PREFIX
}
