package dev.provhub.command;

import dev.provhub.emulator.VirtualPhone;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What somebody types while a virtual phone runs: its keys. */
final class PhoneConsole {
    static final String HELP = "resync [RULE], upgrade URL, report, reboot, factory-reset, call, hang-up,"
            + " set NAME=VALUE, get NAME, unregister LINE, register LINE, quit";

    private final VirtualPhone phone;

    PhoneConsole(VirtualPhone phone) {
        this.phone = phone;
    }

    /** Follows each line until there are no more, or one says {@code quit}; then it runs {@code quit}. */
    void follow(InputStream typed, Runnable quit) {
        Thread thread = new Thread(
                () -> {
                    try (BufferedReader lines =
                            new BufferedReader(new InputStreamReader(typed, StandardCharsets.UTF_8))) {
                        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                            if (line.strip().equals("quit")) {
                                quit.run();
                                return;
                            }
                            String answer = obey(line.strip());
                            if (!answer.isEmpty()) {
                                System.out.println(answer);
                            }
                        }
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                "phone-console");
        thread.setDaemon(true);
        thread.start();
    }

    /** Does what a line says; gives what there is to say about it. */
    String obey(String line) {
        String[] words = line.split("\\s+", 2);
        String rest = words.length == 2 ? words[1] : "";
        switch (words[0]) {
            case "" -> {
                return "";
            }
            case "resync" -> {
                if (rest.isEmpty()) {
                    phone.resync();
                } else {
                    phone.resync(rest);
                }
            }
            case "upgrade" -> phone.upgrade(rest);
            case "report" -> phone.report();
            case "reboot" -> phone.reboot();
            case "factory-reset" -> phone.factoryReset();
            case "call" -> phone.call(true);
            case "hang-up" -> phone.call(false);
            case "unregister", "register" -> {
                if (!rest.matches("[12]")) {
                    return words[0] + " '" + rest + "' is not line 1 or 2";
                }
                phone.registered(Integer.parseInt(rest), words[0].equals("register"));
            }
            case "get" -> {
                return rest + " = " + phone.parameter(rest);
            }
            case "set" -> {
                return set(rest);
            }
            default -> {
                return "'" + words[0] + "' is none of: " + HELP;
            }
        }
        return "";
    }

    private String set(String assignment) {
        int equals = assignment.indexOf('=');
        if (equals < 1) {
            return "set '" + assignment + "' is not NAME=VALUE";
        }
        String name = assignment.substring(0, equals).strip();
        return phone.set(name, assignment.substring(equals + 1).strip()) ? "" : "this model has no parameter " + name;
    }
}
