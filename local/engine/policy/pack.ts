import type { AnalyzerInfo, PolicyInfo as PolicyInfoMessage } from '@pulumi/pulumi/proto/analyzer_pb.js';
import { Metadata, type CallOptions, type ServiceError } from '@grpc/grpc-js';
import { UserError } from '../errors.ts';
import { ORGANIZATION } from '../project/project.ts';
import { analyzer as messages, Empty, fromStruct, toStruct } from '../proto.ts';
import { invoke } from '../rpc.ts';
import type { PropertyMap } from '../values.ts';
import { LEVELS, reconcile, type PolicyConfig, type PolicyInfo } from './levels.ts';
import { resourceRequest, stackRequest, violationOf, type Subject } from './messages.ts';
import { startPack, type PackProcess, type PackProcessOptions } from './pack-process.ts';
import type { Remediation, Violation } from './violation.ts';

/** What a pack calls itself. */
export interface PolicyPackName {
  readonly name: string;
  readonly version: string;
  readonly dir: string;
}

/** What remediation made of a resource's inputs; without the marks of secrecy, which the caller puts back. */
export interface RemediationResult {
  readonly inputs: PropertyMap;
  readonly applied: readonly Remediation[];
  /** Remediations that failed. */
  readonly warnings: readonly Violation[];
}

export interface PolicyPackOptions extends PackProcessOptions {
  readonly config: PolicyConfig;
}

/** A CrossGuard policy pack, asked over Pulumi's Analyzer protocol. */
export class PolicyPack {
  readonly #process: PackProcess;
  readonly #options: PolicyPackOptions;
  #info: AnalyzerInfo | undefined;

  private constructor(process: PackProcess, options: PolicyPackOptions) {
    this.#process = process;
    this.#options = options;
  }

  /** Starts and configures a pack. Rejects with a UserError if it can't start or its configuration is wrong. */
  static async start(options: PolicyPackOptions): Promise<PolicyPack> {
    const pack = new PolicyPack(await startPack(options), options);
    try {
      const { client } = pack.#process;
      pack.#info = await pack.#ask<AnalyzerInfo>((...rest) => client.getAnalyzerInfo(new Empty(), ...rest));
      await pack.#configureStack();
      await pack.#configure(pack.#info);
      return pack;
    } catch (error) {
      await pack.end();
      throw error;
    }
  }

  get described(): PolicyPackName {
    return { name: this.#info?.getName() ?? '', version: this.#info?.getVersion() ?? '', dir: this.#options.dir };
  }

  /** Tells the pack which stack it judges, and whether a preview or an update. */
  async #configureStack(): Promise<void> {
    const { project, dryRun } = this.#options;
    const { name, stack, config } = project;
    const request = new messages.AnalyzerStackConfigureRequest();
    request.setStack(stack);
    request.setProject(name);
    request.setOrganization(ORGANIZATION);
    request.setDryRun(dryRun);
    for (const [key, value] of Object.entries(config.values)) request.getConfigMap().set(key, value);
    request.setConfigSecretKeysList([...config.secretKeys]);
    request.getTagsMap().set('pulumi:project', name);
    await this.#ask((...rest) => this.#process.client.configureStack(request, ...rest));
  }

  /** Sends a level for every policy: where none is sent the protocol's zero would mean advisory. */
  async #configure(info: AnalyzerInfo): Promise<void> {
    const initial: Record<string, PolicyConfig[string]> = {};
    info.getInitialconfigMap().forEach((entry, name) => {
      const enforcementLevel = LEVELS[entry.getEnforcementlevel()] ?? 'advisory';
      initial[name] = { ...fromStruct(entry.getProperties()), enforcementLevel };
    });
    const policies = info.getPoliciesList().map(policyInfo);
    const request = new messages.ConfigureAnalyzerRequest();
    for (const [name, { level, properties }] of reconcile(policies, initial, this.#options.config)) {
      const entry = new messages.PolicyConfig();
      entry.setEnforcementlevel(LEVELS.indexOf(level));
      entry.setProperties(toStruct(properties));
      request.getPolicyconfigMap().set(name, entry);
    }
    await this.#ask((...rest) => this.#process.client.configure(request, ...rest));
  }

  /** Lets the pack change a resource's inputs. */
  async remediate(subject: Subject): Promise<RemediationResult> {
    const { urn } = subject.resource;
    const request = resourceRequest(subject);
    type Response = InstanceType<typeof messages.RemediateResponse>;
    const response = await this.#ask<Response>((...rest) => this.#process.client.remediate(request, ...rest));
    let { inputs } = subject.resource;
    const applied: Remediation[] = [];
    const warnings: Violation[] = [];
    for (const remediation of response.getRemediationsList()) {
      const from = { policy: remediation.getPolicyname(), pack: remediation.getPolicypackname(), urn };
      const message = remediation.getDiagnostic();
      if (message !== '') {
        warnings.push({ ...from, level: 'advisory', message, description: remediation.getDescription() });
      } else {
        inputs = fromStruct(remediation.getProperties());
        applied.push(from);
      }
    }
    return { inputs, applied, warnings };
  }

  /** Judges one resource by its inputs. */
  async analyze(subject: Subject): Promise<Violation[]> {
    const request = resourceRequest(subject);
    type Response = InstanceType<typeof messages.AnalyzeResponse>;
    const response = await this.#ask<Response>((...rest) => this.#process.client.analyze(request, ...rest));
    return response.getDiagnosticsList().map((diagnostic) => violationOf(diagnostic, subject.resource.urn));
  }

  /** Judges the whole stack by its outputs; what names no resource is said of `root`. */
  async analyzeStack(subjects: readonly Subject[], root: string): Promise<Violation[]> {
    const request = stackRequest(subjects);
    type Response = InstanceType<typeof messages.AnalyzeResponse>;
    const response = await this.#ask<Response>((...rest) => this.#process.client.analyzeStack(request, ...rest));
    return response.getDiagnosticsList().map((diagnostic) => violationOf(diagnostic, root));
  }

  end(): Promise<void> {
    return this.#process.end();
  }

  async #ask<Response>(
    call: (
      metadata: Metadata,
      options: Partial<CallOptions>,
      done: (error: ServiceError | null, response: Response) => void,
    ) => unknown,
  ): Promise<Response> {
    const deadline = Date.now() + this.#options.timeLimit;
    try {
      return await invoke<Response>((done) => call(new Metadata(), { deadline }, done));
    } catch (error) {
      const { details, message } = error as ServiceError;
      throw new UserError(`The policy pack ${this.described.name || this.#options.dir} failed: ${details || message}`);
    }
  }
}

function policyInfo(message: PolicyInfoMessage): PolicyInfo {
  const schema = message.getConfigschema();
  return {
    name: message.getName(),
    level: LEVELS[message.getEnforcementlevel()] ?? 'advisory',
    properties: fromStruct(schema?.getProperties()) as PolicyInfo['properties'],
    required: schema?.getRequiredList() ?? [],
  };
}
