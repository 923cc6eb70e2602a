package dev.provhub.emulator;

import java.util.function.Consumer;

/** What a phone's jobs work with. */
record Workshop(
        PhoneModel model, PhoneMemory memory, PhoneFacts facts, Downloads downloads, Consumer<PhoneEvent> events) {}
