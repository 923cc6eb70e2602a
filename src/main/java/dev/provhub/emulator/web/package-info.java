/** A phone's own web pages (section 3.6 of the device protocol reference): {@code PhonePages} serves what a {@code PageOwner} has. */
@NullMarked
package dev.provhub.emulator.web;

import org.jspecify.annotations.NullMarked;
