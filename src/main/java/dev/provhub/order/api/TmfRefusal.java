package dev.provhub.order.api;

/** A request that is answered with the standard's Error. */
final class TmfRefusal extends RuntimeException {
    private final transient TmfError error;

    TmfRefusal(TmfError error) {
        super(error.code(), null, false, false);
        this.error = error;
    }

    TmfError error() {
        return error;
    }
}
