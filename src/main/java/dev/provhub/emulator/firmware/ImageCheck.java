package dev.provhub.emulator.firmware;

/**
 * What a family makes of a downloaded image.
 *
 * @param kind   its container
 * @param text   how it writes versions
 * @param prefix of a {@code .loads} file, e.g. {@code sip78xx.}; empty where names do not matter
 */
public record ImageCheck(ContainerKind kind, FirmwareVersionText text, String prefix) {
    /**
     * Looks into an image.
     *
     * @param fileName last part of its URL
     * @return the version that will run
     * @throws ImageRefusedException when the phone would not flash it
     */
    public String versionOf(String fileName, byte[] image) throws ImageRefusedException {
        if (image.length == 0) {
            throw new ImageRefusedException("is empty");
        }
        return switch (kind) {
            case SECTORS -> SectorImage.check(image);
            case MODULES -> ModuleImage.check(image);
            case LOADS -> loads(fileName, image);
            case UNDESCRIBED -> byName(fileName);
        };
    }

    private String loads(String fileName, byte[] image) throws ImageRefusedException {
        if (!fileName.startsWith(prefix) || !fileName.endsWith(".loads")) {
            throw new ImageRefusedException("is not called " + prefix + "<version>.loads");
        }
        LoadsFile.parse(image);
        return byName(fileName);
    }

    private String byName(String fileName) throws ImageRefusedException {
        return FileNameVersion.read(fileName, text)
                .orElseThrow(() -> new ImageRefusedException("has no version in its file name"));
    }
}
