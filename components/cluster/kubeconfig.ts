/** How a program is asked for a token of the cloud: `client.authentication.k8s.io`, so that no secret stands in a kubeconfig. */
export interface TokenCommand {
  readonly command: string;
  readonly args: readonly string[];
  /** What to do when the command is not there. */
  readonly installHint: string;
}

/** Where an API server answers, and how it is known. */
export interface ApiServer {
  readonly name: string;
  readonly url: string;
  /** The certificate authority in PEM, as base64. */
  readonly certificateAuthority: string;
}

/** A kubeconfig (as JSON, which is YAML) whose user is whoever runs it. */
export function tokenKubeconfig(
  { name, url, certificateAuthority }: ApiServer,
  { command, args, installHint }: TokenCommand,
): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server: url, 'certificate-authority-data': certificateAuthority } }],
    users: [
      {
        name,
        user: {
          exec: {
            apiVersion: 'client.authentication.k8s.io/v1beta1',
            command,
            args,
            interactiveMode: 'Never',
            installHint,
          },
        },
      },
    ],
    contexts: [{ name, context: { cluster: name, user: name } }],
    'current-context': name,
  });
}
