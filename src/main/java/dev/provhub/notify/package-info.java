/**
 * SIP NOTIFY to phones: what the hub wants a phone to do now. {@link dev.provhub.notify.Notifications} is the queue;
 * {@link dev.provhub.notify.DeliveryPlan} says how one is brought to its phone; {@link dev.provhub.notify.Deliveries} carries
 * it out: one client transaction after the other (RFC 3261, section 17.1.2), each digest challenge answered (RFC 7616), until
 * there is an outcome. Nothing here opens a socket: messages leave through a {@link dev.provhub.notify.Postman} and come in by
 * {@link dev.provhub.notify.Deliveries#received}. It shares no code with the virtual phone.
 */
@NullMarked
package dev.provhub.notify;

import org.jspecify.annotations.NullMarked;
