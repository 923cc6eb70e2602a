package dev.provhub.order;

import dev.provhub.device.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes orders that a feed brings, in their order: those of one item that are to be carried out at once many in one transaction, the
 * others one by one. Everything may be repeated after a crash. Thread-safe.
 */
public final class FeedIntake {
    private static final Logger LOG = LoggerFactory.getLogger(FeedIntake.class);

    private final BulkIntake bulk;
    private final OrderIntake single;

    /** Needs the two ways in; both by one mapping. */
    public FeedIntake(BulkIntake bulk, OrderIntake single) {
        this.bulk = bulk;
        this.single = single;
    }

    /**
     * Takes orders.
     *
     * @param alongside is told of outcomes inside the transaction that keeps them; of orders that are to be fulfilled only afterwards too
     * @param fulfil    carries out an order of this id, which has been taken and not yet carried out
     * @return an outcome for each, in the same order
     * @throws StoreUnavailableException when the store is away; some may have been taken, all can be repeated
     */
    public List<BulkIntake.Outcome> take(
            List<NewOrder> orders, Consumer<List<BulkIntake.Outcome>> alongside, Consumer<String> fulfil) {
        List<BulkIntake.Outcome> outcomes = new ArrayList<>();
        int at = 0;
        while (at < orders.size()) {
            int end = at;
            while (end < orders.size() && isSmall(orders.get(end))) {
                end++;
            }
            if (end > at) {
                outcomes.addAll(bulk.acceptAndFulfilAll(orders.subList(at, end), alongside));
                at = end;
            } else {
                outcomes.add(alone(orders.get(at), alongside, fulfil));
                at++;
            }
        }
        return outcomes;
    }

    private static boolean isSmall(NewOrder order) {
        return order.items().size() == 1 && order.requestedStart() == null;
    }

    private BulkIntake.Outcome alone(
            NewOrder order, Consumer<List<BulkIntake.Outcome>> alongside, Consumer<String> fulfil) {
        try {
            IntakeResult result =
                    single.accept(order, kept -> alongside.accept(List.of(BulkIntake.Outcome.done(kept))));
            if (result instanceof IntakeResult.Accepted accepted) {
                fulfil.accept(accepted.order().id());
                return BulkIntake.Outcome.done(accepted.order());
            }
            if (result instanceof IntakeResult.Repeated repeated) {
                return BulkIntake.Outcome.remark("repeat of an earlier order", repeated.order());
            }
            if (result instanceof IntakeResult.Refused refused) {
                return BulkIntake.refusal(refused.problems())
                        .orElseThrow(() -> new IllegalStateException("refused without a problem"));
            }
            return BulkIntake.Outcome.failed("externalId '" + order.externalId() + "' is that of another order");
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (dev.provhub.device.StoreException e) {
            LOG.warn("order could not be stored externalId={}", order.externalId(), e);
            return BulkIntake.Outcome.failed("could not be stored");
        }
    }
}
