package dev.provhub;

/** Starts the command line. */
public final class Main {
    private Main() {}

    /** Runs one command of {@code ./hub} and ends the process with its exit code. */
    public static void main(String[] args) {}
}
