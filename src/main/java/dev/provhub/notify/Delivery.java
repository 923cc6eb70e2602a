package dev.provhub.notify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One NOTIFY from its first message to its outcome: line after line, each challenge answered. It sends nothing by itself. Not
 * thread-safe.
 */
final class Delivery {
    /** Who answers so does not have this line at the moment: another line may be registered. */
    private static final Set<Integer> TRY_NEXT_LINE = Set.of(404, 408, 410, 480);

    private static final int UNAUTHORIZED = 401;
    private static final int PROXY_LOGIN = 407;

    private final DeliveryPlan plan;
    private final RandomIds random;
    private final NotifyWords words;
    private int index;
    private long sequence;
    private NotifyMessage message;
    private LoginAttempt lineLogin;
    private @Nullable LoginAttempt proxyLogin;
    private @Nullable LoginAttempt proxyLoginForLine;

    /** What comes next: another message, or the end. */
    sealed interface Next {
        record Send(Outgoing message) implements Next {}

        record End(NotifyOutcome outcome) implements Next {}
    }

    Delivery(DeliveryPlan plan, RandomIds random) {
        this.plan = plan;
        this.random = random;
        this.words = new NotifyWords(plan.proxy());
        this.message = messageTo(line());
        this.lineLogin = new LoginAttempt("Authorization", line().login());
        begin();
    }

    private DeliveryPlan.LineAddress line() {
        return plan.lines().get(index);
    }

    private NotifyMessage messageTo(DeliveryPlan.LineAddress to) {
        return new NotifyMessage(to.uri(), to.to(), to.local(), plan.event(), random.ids());
    }

    private void begin() {
        sequence = 0;
        message = messageTo(line());
        lineLogin = new LoginAttempt("Authorization", line().login());
        SipLogin ofProxy = plan.proxyLogin();
        proxyLogin = ofProxy == null ? null : new LoginAttempt("Proxy-Authorization", ofProxy);
        proxyLoginForLine = null;
    }

    Notification what() {
        return plan.what();
    }

    /** The next message to the line in hand. */
    Outgoing request() {
        String branch = random.branch();
        sequence++;
        List<String> logins = Stream.of(
                        Optional.ofNullable(proxyLogin),
                        Optional.of(proxyLoginForLine == null ? lineLogin : proxyLoginForLine))
                .flatMap(Optional::stream)
                .flatMap(login -> login.line(line().uri()).stream())
                .toList();
        return new Outgoing(
                branch,
                line().target(),
                line().transport(),
                message.text(branch, sequence, line().transport(), logins));
    }

    /** Whether a response is to the message that was sent last. */
    boolean isAnswer(SipResponse response) {
        return response.method().equals(NotifyMessage.METHOD)
                && response.sequence() == sequence
                && response.callId().equals(message.ids().callId());
    }

    /** A final response has come. */
    Next answered(SipResponse response, boolean inTime) {
        if (response.isSuccess()) {
            return new Next.End(NotifyOutcome.delivered(words.delivered(line().number(), response)));
        }
        if (response.status() == UNAUTHORIZED || response.status() == PROXY_LOGIN) {
            return challenged(response);
        }
        String why = words.refused(response);
        return TRY_NEXT_LINE.contains(response.status()) ? nextLine(why, inTime) : failed(why);
    }

    /** No response has come. */
    Next silent(boolean inTime) {
        return nextLine(words.silence(), inTime);
    }

    /** The message could not be sent. */
    Next unsent(String why) {
        return failed("it could not be sent: " + why);
    }

    /** @param inTime whether there is time left for another line */
    private Next nextLine(String why, boolean inTime) {
        if (!inTime || index + 1 == plan.lines().size()) {
            return failed(why);
        }
        index++;
        begin();
        return new Next.Send(request());
    }

    private Next failed(String why) {
        String lines = index == 0 ? "" : " (lines 1 to " + line().number() + " were tried)";
        return new Next.End(NotifyOutcome.failed(why + lines));
    }

    private Next challenged(SipResponse response) {
        boolean byProxy = response.status() == PROXY_LOGIN;
        Optional<DigestChallenge> challenge = response.challenges().stream()
                .filter(asked -> asked.byProxy() == byProxy)
                .flatMap(asked -> DigestChallenge.find(asked.value()).stream())
                .findFirst();
        if (challenge.isEmpty()) {
            return failed(words.unknownLogin(response));
        }
        if (byProxy) {
            if (proxyLogin == null) {
                return failed(words.proxyLoginMissing());
            }
            return proxyLogin.take(challenge.get(), random.cnonce())
                    ? new Next.Send(request())
                    : failed(words.proxyLoginRefused());
        }
        return lineChallenged(challenge.get());
    }

    /** A 401 may be of the proxy too: when the line's account is refused the proxy's own login has its turn. */
    private Next lineChallenged(DigestChallenge challenge) {
        List<LoginAttempt> attempts = new ArrayList<>();
        if (proxyLoginForLine != null) {
            attempts.add(proxyLoginForLine);
        } else {
            attempts.add(lineLogin);
            if (plan.proxyLogin() != null) {
                attempts.add(new LoginAttempt("Authorization", plan.proxyLogin()));
            }
        }
        for (LoginAttempt attempt : attempts) {
            if (attempt.take(challenge, random.cnonce())) {
                proxyLoginForLine = attempt == lineLogin ? null : attempt;
                return new Next.Send(request());
            }
        }
        return failed(words.lineLoginRefused(line().number()));
    }
}
