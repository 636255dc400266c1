// What the fake shop sells, and how it changes: pages, a search, the form of one product, a file taken in.

import type { CommandError, FileProblem, ImportPlan, ImportProgress, Product, ProductForm, Shelf, ShelfPage, ShelfTab, TaxKind, Wrong } from '../bindings';

const page = 60;
const priceMax = 999_999;

export class FakeShelf {
  /** Grows with every change. */
  filled = 1;
  #forms = new Map<string, ProductForm>();
  #products: Product[];
  #planned: ProductForm[] | null = null;
  #cancelled = false;

  constructor(products: readonly Product[]) {
    this.#products = [...products];
  }

  fill(products: readonly Product[]): void {
    this.#products = [...products];
  }

  face(): Shelf {
    const counts = new Map<string, number>();
    for (const each of this.#products) counts.set(each.category, (counts.get(each.category) ?? 0) + 1);
    return {
      total: this.#products.length, favourites: this.#products.filter((each) => each.favourite).length, page,
      categories: [...counts].map(([name, count]) => ({ name, count })),
    };
  }

  page(tab: ShelfTab, from: number): ShelfPage {
    const of = this.#products.filter((each) => (tab.kind === 'category' ? each.category === tab.name : tab.kind === 'all' || each.favourite));
    return { products: of.slice(from, from + page), from, total: of.length };
  }

  search(text: string): Product[] {
    const wanted = text.trim().toLowerCase();
    const rank = (product: Product): number => {
      if (product.code.toLowerCase() === wanted || product.barcode === wanted) return 0;
      if (product.name.startsWith(wanted)) return 1;
      if (product.name.toLowerCase().includes(wanted)) return 2;
      return product.code.toLowerCase().startsWith(wanted) || product.barcode?.startsWith(wanted) === true ? 3 : 4;
    };
    return this.#products.filter((each) => rank(each) < 4).sort((a, b) => rank(a) - rank(b)).slice(0, page);
  }

  byScan(code: string): Product | undefined {
    return this.#products.find((each) => each.barcode === code || this.#forms.get(each.code)?.barcodes.includes(code)) ?? this.byCode(code);
  }

  byCode(code: string): Product | undefined {
    return this.#products.find((each) => each.code === code);
  }

  form(code: string): ProductForm {
    const product = this.byCode(code);
    if (product === undefined) throw refusal({ code: 'unknown_product', product: code });
    const { name, category, price, tax, unit, favourite, barcode } = product;
    return this.#forms.get(code) ?? { code, name, category, price, tax, unit, favourite, barcodes: barcode === null ? [] : [barcode], prices: [] };
  }

  /** Whether saving this changes what anything costs; throws when it cannot be saved. */
  pricesChange(before: ProductForm | null, form: ProductForm): boolean {
    const wrong = this.#wrong(form);
    if (wrong !== null) throw refusal({ code: 'product_refused', what: wrong });
    const known = this.byCode(form.code) === undefined ? null : this.form(form.code);
    if (before === null && known !== null) throw refusal({ code: 'product_refused', what: { kind: 'code_taken', code: form.code } });
    if (before !== null && JSON.stringify(known) !== JSON.stringify(before)) throw refusal({ code: 'product_changed', product: form.code });
    return known === null || known.price !== form.price || JSON.stringify(known.prices) !== JSON.stringify(form.prices);
  }

  save(form: ProductForm): void {
    this.#forms.set(form.code, form);
    const { code, name, category, price, tax, unit, favourite, barcodes, prices } = form;
    const product: Product = { code, name, category, price, tax, unit, favourite, barcode: barcodes[0] ?? null, later: prices.length > 0 };
    const at = this.#products.findIndex((each) => each.code === code);
    if (at === -1) this.#products.push(product);
    else this.#products[at] = product;
    this.filled += 1;
  }

  retire(code: string): void {
    this.form(code);
    this.#products = this.#products.filter((each) => each.code !== code);
    this.#forms.delete(code);
    this.filled += 1;
  }

  async look(file: Blob, progress: (progress: ImportProgress) => void): Promise<ImportPlan> {
    this.#cancelled = false;
    this.#planned = null;
    const [head, ...rows] = (await file.text()).replace(/^\ufeff/, '').split(/\r?\n/).filter((row) => row.trim() !== '');
    const refused = (problem: FileProblem): ImportPlan => ({ ...nothing, file: problem });
    if (head === undefined || rows.length === 0) return refused({ kind: 'empty' });
    for (const missing of ['code', 'barcode', 'name', 'category', 'price', 'tax']) {
      if (!head.split(',').includes(missing)) return refused({ kind: 'column', missing });
    }
    const forms: ProductForm[] = [];
    const plan: ImportPlan = { ...nothing, problems: [] };
    for (const [at, row] of rows.entries()) {
      progress({ percent: Math.floor((at * 100) / rows.length) });
      if (at % 500 === 0) await Promise.resolve();
      if (this.#cancelled) return { ...nothing, cancelled: true };
      const [code = '', barcode = '', name = '', category = '', price = '', tax = ''] = row.split(',');
      const form: ProductForm = { code, name, category, price: Number(price), tax: tax as TaxKind, unit: 'piece', favourite: false, barcodes: barcode === '' ? [] : [barcode], prices: [] };
      const wrong: Wrong | null = /^\d+$/.test(price) ? this.#wrong(form) : { kind: 'not_dollars', given: price };
      if (wrong !== null) plan.problems.push({ line: at + 2, what: wrong });
      const known = this.byCode(code);
      if (known === undefined) plan.added += 1;
      else if (known.price === form.price && known.name === name) plan.same += 1;
      else [plan.changed, plan.repriced] = [plan.changed + 1, plan.repriced + (known.price === form.price ? 0 : 1)];
      forms.push(form);
    }
    if (plan.problems.length === 0) this.#planned = forms;
    return plan;
  }

  cancel(): void {
    this.#cancelled = true;
    this.#planned = null;
  }

  get looked(): boolean {
    return this.#planned !== null;
  }

  take(): ImportPlan {
    const forms = this.#planned ?? [];
    this.#planned = null;
    for (const each of forms) this.save(each);
    return { ...nothing, added: forms.length };
  }

  #wrong(form: ProductForm): Wrong | null {
    if (!/^[0-9A-Za-z.-]{1,24}$/.test(form.code)) return { kind: 'code', given: form.code.slice(0, 24) };
    const bad = form.barcodes.find((each) => !/^[0-9A-Za-z]{4,48}$/.test(each));
    if (bad !== undefined) return { kind: 'barcode', given: bad.slice(0, 24) };
    for (const barcode of form.barcodes) {
      const owner = this.#products.find((each) => each.barcode === barcode && each.code !== form.code);
      if (owner !== undefined) return { kind: 'barcode_taken', barcode, product: owner.code };
    }
    if (form.name.trim() === '' || [...form.name].length > 120 || /[\u202a-\u202e\u2066-\u2069]/.test(form.name)) return { kind: 'name', max: 120 };
    if (form.category.trim() === '' || [...form.category].length > 24) return { kind: 'category' };
    const day = form.prices.find((each) => !/^\d{4}-\d{2}-\d{2}$/.test(each.from));
    if (day !== undefined) return { kind: 'day', given: day.from };
    if ([form.price, ...form.prices.map((each) => each.price)].some((each) => !Number.isInteger(each) || each < 0 || each > priceMax)) return { kind: 'price', max: priceMax };
    return null;
  }
}

const nothing: ImportPlan = { file: null, problems: [], more: false, added: 0, changed: 0, repriced: 0, same: 0, cancelled: false };

function refusal(error: CommandError): CommandError {
  return error;
}
