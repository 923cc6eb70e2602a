package dev.provhub.emulator.firmware;

/** How a family's firmware is packed. */
public enum ContainerKind {
    /** SPA30x/50x: {@code SkOsMo5 fIrMwArE}, sectors. */
    SECTORS,
    /** SPA1xx and SPA232D: {@code PAYTOND FiRmWaRe}, modules. */
    MODULES,
    /** MPP: a {@code .loads} file that lists further files of the same directory. */
    LOADS,
    /** Everything whose container nobody has described: accepted with the version of its file name. */
    UNDESCRIBED
}
