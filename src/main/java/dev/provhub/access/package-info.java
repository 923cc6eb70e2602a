/**
 * Who may ask the administration interface for what: tokens with roles, kept as digests, and the one table that says which
 * role each path needs. Starts at {@link dev.provhub.access.AccessTokens}; the front of the interface asks it for every request.
 */
@NullMarked
package dev.provhub.access;

import org.jspecify.annotations.NullMarked;
