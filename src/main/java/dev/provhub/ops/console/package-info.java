/**
 * The operators' web console: static files that the hub carries with it, served without a token. They hold nothing of this hub; what
 * they show, a browser asks of the administration interface, with the token of the person before it.
 */
@NullMarked
package dev.provhub.ops.console;

import org.jspecify.annotations.NullMarked;
