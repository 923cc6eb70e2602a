package dev.provhub.steps;

import dev.provhub.config.PublishSettings;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.component.file.remote.RemoteFileOperations;
import org.apache.camel.component.file.remote.SftpConfiguration;
import org.apache.camel.component.file.remote.SftpEndpoint;

/** Takes files away from an SFTP server, which the component itself does only after it has read them. */
record RemoteFolder(SftpEndpoint endpoint, String folder) {
    static RemoteFolder of(CamelContext context, PublishSettings.Sftp where) {
        SftpEndpoint endpoint = context.getEndpoint(
                "sftp:" + where.host() + ":" + where.port() + "/" + where.folder(), SftpEndpoint.class);
        SftpConfiguration login = endpoint.getConfiguration();
        login.setUsername(where.user());
        login.setPrivateKeyFile(where.privateKey().toString());
        login.setKnownHostsFile(where.knownHosts().toString());
        login.setUseUserKnownHostsFile(false);
        login.setStrictHostKeyChecking("yes");
        login.setPreferredAuthentications("publickey");
        return new RemoteFolder(endpoint, where.folder());
    }

    /**
     * Takes a file away, if it is there.
     *
     * @throws GenericFileOperationFailedException when the server cannot be reached, or the file stays
     */
    void delete(String name, Exchange exchange) {
        RemoteFileOperations<?> server = endpoint.createRemoteFileOperations();
        server.connect(endpoint.getConfiguration(), exchange);
        try {
            String path = folder.isEmpty() ? name : folder + "/" + name;
            if (server.existsFile(path) && !server.deleteFile(path)) {
                throw new GenericFileOperationFailedException("the file stays");
            }
        } finally {
            server.disconnect();
        }
    }
}
