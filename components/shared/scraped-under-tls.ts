/** How Prometheus calls a server whose certificate is signed by the region's authority, as the endpoint of a monitor has it. */
export interface ScrapedUnderTls {
  readonly scheme: 'https';
  readonly tlsConfig: {
    readonly ca: { readonly secret: { readonly name: string; readonly key: string } };
    readonly serverName: string;
    readonly minVersion: 'TLS13';
  };
}

/** @param secretName of the server's own certificate, beside which cert-manager puts the authority's */
export function scrapedUnderTls(secretName: string, serverName: string): ScrapedUnderTls {
  return {
    scheme: 'https',
    tlsConfig: { ca: { secret: { name: secretName, key: 'ca.crt' } }, serverName, minVersion: 'TLS13' },
  };
}
