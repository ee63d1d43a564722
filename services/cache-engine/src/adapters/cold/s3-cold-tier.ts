import type * as Sdk from '@aws-sdk/client-s3';
import type { AnswerKey } from '../../engine/answer-key.ts';
import type { ColdTier } from '../../ports/cold-tier.ts';
import { coldName, partitionName } from './cold-name.ts';

/** Keys that one DeleteObjects may name, by S3's API. */
const DELETES_AT_ONCE = 1000;
/** Requests that one removal has under way. */
const LOOKS_AT_ONCE = 16;

/** Milliseconds for a connection, for an answer, and attempts at either: a call takes 7 s at worst. */
const CONNECT_WITHIN = 500;
const ANSWER_WITHIN = 2000;
const ATTEMPTS = 3;

/** Where the bucket is, and how it wants to be spoken to. */
export interface S3Options {
  readonly bucket: string;
  readonly region: string;
  /** Before every key, such as `answers/`. @default none */
  readonly prefix?: string | undefined;
  /** Base URL of a store that is not AWS. @default the region's at AWS */
  readonly endpoint?: string | undefined;
  /** Whether the bucket stands in the path rather than in the host name, as stores on one host want it. @default false */
  readonly forcePathStyle?: boolean | undefined;
  /** What the store encrypts with, on top of the tenant's own key. @default AES256 */
  readonly encryption?: Sdk.ServerSideEncryption | undefined;
  /** @default those of the environment, the instance or the service account, as the SDK finds them */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
}

/**
 * A cold tier in a bucket of S3 or a store that speaks its protocol: an object a record, `<prefix><partition>/<digest>`. In a
 * bucket with versions, removed records stay as earlier versions until its lifecycle rule ends them; they are sealed.
 */
export class S3ColdTier implements ColdTier {
  readonly #options: S3Options;
  readonly #prefix: string;
  readonly #sdk: typeof Sdk;
  readonly #client: Sdk.S3Client;

  private constructor(options: S3Options, sdk: typeof Sdk) {
    const { region, endpoint, forcePathStyle = false, credentials } = options;
    this.#options = options;
    this.#prefix = options.prefix ?? '';
    this.#sdk = sdk;
    this.#client = new sdk.S3Client({
      region,
      forcePathStyle,
      maxAttempts: ATTEMPTS,
      // Checksums beyond what a request must have are not understood by every store that speaks the protocol.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      requestHandler: { connectionTimeout: CONNECT_WITHIN, requestTimeout: ANSWER_WITHIN, throwOnRequestTimeout: true },
      ...(endpoint === undefined ? {} : { endpoint }),
      ...(credentials === undefined ? {} : { credentials }),
    });
  }

  /** Opens the tier. The SDK is loaded here and not before: an engine without a bucket does without its time and memory. */
  static async open(options: S3Options): Promise<S3ColdTier> {
    return new S3ColdTier(options, await import('@aws-sdk/client-s3'));
  }

  async get(key: AnswerKey): Promise<Buffer | undefined> {
    try {
      const { Body } = await this.#client.send(new this.#sdk.GetObjectCommand(this.#object(key)));
      return Body && Buffer.from(await Body.transformToByteArray());
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  async put(key: AnswerKey, record: Buffer): Promise<void> {
    const { encryption: ServerSideEncryption = 'AES256' } = this.#options;
    const object = {
      ...this.#object(key),
      Body: record,
      ContentType: 'application/octet-stream',
      ServerSideEncryption,
    };
    await this.#client.send(new this.#sdk.PutObjectCommand(object));
  }

  async remove(keys: readonly AnswerKey[]): Promise<number> {
    const names = keys.map((key) => this.#object(key).Key);
    let there = 0;
    for (const some of chunks(names, LOOKS_AT_ONCE)) {
      // Deleting does not tell what was there.
      const found = await Promise.all(some.map((name) => this.#has(name)));
      there += found.filter(Boolean).length;
    }
    // All of them, not only those that were found: one may have been stored in between.
    for (const some of chunks(names, DELETES_AT_ONCE)) await this.#delete(some);
    return there;
  }

  async removePartition(partition: string): Promise<number> {
    const { bucket: Bucket } = this.#options;
    const Prefix = `${this.#prefix}${partitionName(partition)}/`;
    let removed = 0;
    for (let token: string | undefined, more = true; more; more = token !== undefined) {
      const list = new this.#sdk.ListObjectsV2Command({ Bucket, Prefix, ContinuationToken: token });
      const page = await this.#client.send(list);
      const names = (page.Contents ?? []).flatMap(({ Key }) => (Key === undefined ? [] : [Key]));
      if (names.length > 0) await this.#delete(names);
      removed += names.length;
      token = page.IsTruncated === true ? page.NextContinuationToken : undefined;
    }
    return removed;
  }

  /** Ends the connections. */
  close(): void {
    this.#client.destroy();
  }

  #object(key: AnswerKey): { readonly Bucket: string; readonly Key: string } {
    const { partition, digest } = coldName(key);
    return { Bucket: this.#options.bucket, Key: `${this.#prefix}${partition}/${digest}` };
  }

  async #has(name: string): Promise<boolean> {
    try {
      await this.#client.send(new this.#sdk.HeadObjectCommand({ Bucket: this.#options.bucket, Key: name }));
      return true;
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
  }

  async #delete(names: readonly string[]): Promise<void> {
    const Delete = { Objects: names.map((Key) => ({ Key })), Quiet: true };
    const { bucket: Bucket } = this.#options;
    const { Errors = [] } = await this.#client.send(new this.#sdk.DeleteObjectsCommand({ Bucket, Delete }));
    const [first] = Errors;
    if (first !== undefined) {
      throw new Error(
        `The bucket ${Bucket} kept ${Errors.length} of ${names.length} objects: ${first.Code}, ${first.Message}`,
      );
    }
  }
}

function isMissing(error: unknown): boolean {
  const { name } = error as Error;
  return name === 'NoSuchKey' || name === 'NotFound';
}

function* chunks<Item>(items: readonly Item[], size: number): Generator<readonly Item[]> {
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size);
}
