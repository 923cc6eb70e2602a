/** What was heard of devices and told to them, in one timeline, and what usually lies behind it. */
@NullMarked
package dev.provhub.devicelog;

import org.jspecify.annotations.NullMarked;
