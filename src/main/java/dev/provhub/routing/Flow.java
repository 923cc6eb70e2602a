package dev.provhub.routing;

import org.apache.camel.AsyncProcessor;

/**
 * A route that runs when another one, or a listener, hands over to it.
 *
 * @param key        under which it is called: {@code direct:name}, or {@code flow:route} for what a listener hands over to
 * @param route      its id
 * @param part       the key of the piece of a file that it comes from
 * @param processor  all of its steps
 * @param generation in which it was loaded
 */
record Flow(String key, String route, String part, AsyncProcessor processor, Generation generation) {}
