package dev.provhub.steps;

import dev.provhub.devicelog.PlainText;
import java.net.SocketException;
import java.util.concurrent.TimeoutException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.kafka.common.KafkaException;

/** Why something failed, in words that hold nothing of the message: what others say in an exception may quote it. */
final class FaultReason {
    private static final int DEEPEST = 10;

    private FaultReason() {}

    static String of(Throwable failure) {
        Throwable told = failure;
        for (int depth = 0; depth < DEEPEST && told.getCause() != null && !isTelling(told); depth++) {
            told = told.getCause();
        }
        return PlainText.of(text(told));
    }

    /** Our own messages name places and rules; those of sockets and files name addresses and paths. */
    private static boolean isTelling(Throwable failure) {
        String name = failure.getClass().getName();
        return name.startsWith("dev.provhub.")
                || name.startsWith("java.net.")
                || name.startsWith("java.nio.file.")
                || name.startsWith("javax.net.ssl.")
                || failure instanceof HttpOperationFailedException
                || failure instanceof SocketException
                || failure instanceof TimeoutException
                || failure instanceof KafkaException;
    }

    private static String text(Throwable failure) {
        String name = failure.getClass().getSimpleName();
        if (failure instanceof HttpOperationFailedException http) {
            return "answered " + http.getHttpResponseCode();
        }
        if (failure.getClass().getName().startsWith("dev.provhub.")) {
            return failure.getMessage() == null ? name : failure.getMessage();
        }
        return isTelling(failure) && failure.getMessage() != null ? name + ": " + failure.getMessage() : name;
    }
}
