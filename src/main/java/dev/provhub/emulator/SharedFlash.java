package dev.provhub.emulator;

import dev.provhub.emulator.transport.CaFiles;

/**
 * What phones may share so that each of very many takes little room: names and values of parameters, and CAs. Without effect on
 * what they do.
 */
public final class SharedFlash {
    private final ParameterTable table = new ParameterTable();
    private final CaFiles cas = new CaFiles();

    ParameterTable table() {
        return table;
    }

    CaFiles cas() {
        return cas;
    }
}
