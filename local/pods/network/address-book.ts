import { NoAddressFreeError } from '../errors/no-address-free.ts';
import type { DataFolder } from '../house/data-folder.ts';
import { addressIn, blockName, claimAddressBlock, type AddressBlock, type Network } from './address-block.ts';

const FILE = 'network.json';
const HOSTS_A_NETWORK = 254;

interface Remembered {
  block: number;
  addresses: Record<string, string>;
}

/** Loopback addresses by name. A name keeps its address over restarts, for as long as the data folder exists. */
export class AddressBook {
  readonly #data: DataFolder;
  readonly #block: AddressBlock;
  readonly #addresses: Map<string, string>;
  readonly #used: Set<string>;

  private constructor(data: DataFolder, block: AddressBlock, addresses: Record<string, string>) {
    this.#data = data;
    this.#block = block;
    this.#addresses = new Map(Object.entries(addresses));
    this.#used = new Set(this.#addresses.values());
  }

  /** Claims the folder's block of addresses. Errors: see claimAddressBlock. */
  static async open(data: DataFolder): Promise<AddressBook> {
    const remembered = data.readJson(FILE) as Remembered | undefined;
    const block = await claimAddressBlock(data.root, remembered?.block);
    const book = new AddressBook(data, block, remembered?.addresses ?? {});
    if (!remembered) book.#save();
    return book;
  }

  /**
   * The address of that name, chosen now if it has none.
   * @param name unique in the network, e.g. `shop/redis-0`
   * @throws NoAddressFreeError when 254 names of that network have one
   */
  address(network: Network, name: string): string {
    const key = `${network} ${name}`;
    const known = this.#addresses.get(key);
    if (known !== undefined) return known;
    for (let host = 1; host <= HOSTS_A_NETWORK; host++) {
      const address = addressIn(this.#block.index, network, host);
      if (this.#used.has(address)) continue;
      this.#addresses.set(key, address);
      this.#used.add(address);
      this.#save();
      return address;
    }
    throw new NoAddressFreeError(blockName(this.#block.index), `${key} is one too many; start with a new data folder.`);
  }

  release(): Promise<void> {
    return this.#block.lock.release();
  }

  #save(): void {
    const remembered: Remembered = { block: this.#block.index, addresses: Object.fromEntries(this.#addresses) };
    this.#data.writeJson(FILE, remembered);
  }
}
