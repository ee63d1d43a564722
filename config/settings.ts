import { type Config, type Output, RunError, runtime } from '@pulumi/pulumi';

/** A stack's configuration that remembers which settings were asked for, so that one which nobody reads is found out. */
export class Settings {
  private readonly config: Config;
  private readonly asked = new Set<string>();

  constructor(config: Config) {
    this.config = config;
  }

  /** The full name of a setting, as it stands in the stack file. */
  nameOf(key: string): string {
    return `${this.config.name}:${key}`;
  }

  /** A setting's text. */
  get(key: string): string | undefined {
    this.asked.add(this.nameOf(key));
    return this.config.get(key);
  }

  /** A setting whose value is a secret. */
  getSecret(key: string): Output<string> | undefined {
    this.asked.add(this.nameOf(key));
    return this.config.getSecret(key);
  }

  /** @throws RunError naming the first setting that was given and never asked for: a slip of the pen, most likely. */
  assertAllRead(): void {
    const given = Object.keys(runtime.allConfig()).filter((name) => name.startsWith(this.nameOf('')));
    const unread = given.find((name) => !this.asked.has(name));
    if (unread === undefined) return;
    throw new RunError(`${unread} is not a setting. Settings: ${[...this.asked].sort().join(', ')}.`);
  }
}
