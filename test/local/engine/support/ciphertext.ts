import { createCipheriv, pbkdf2Sync, randomBytes } from 'node:crypto';

/** Encrypts as Pulumi's passphrase secrets provider does. */
export function passphraseSecrets(passphrase: string): { salt: string; encrypt: (text: string) => string } {
  const salt = randomBytes(8);
  const key = pbkdf2Sync(passphrase, salt, 1_000_000, 32, 'sha256');
  const encrypt = (text: string): string => {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, nonce);
    const sealed = Buffer.concat([cipher.update(text), cipher.final(), cipher.getAuthTag()]);
    return `v1:${nonce.toString('base64')}:${sealed.toString('base64')}`;
  };
  return { salt: `v1:${salt.toString('base64')}:${encrypt('pulumi')}`, encrypt };
}
