// The part of the WebAssembly API in use; neither Node's types nor the ES library declare it.

export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

export type WasmModule = object;
export type WasmImports = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
export type WasmExports = Readonly<Record<string, unknown>>;

export interface WasmInstance {
  readonly exports: WasmExports;
}

export const { WebAssembly: webAssembly } = globalThis as unknown as {
  readonly WebAssembly: {
    readonly Memory: new (pages: { initial: number; maximum: number }) => WasmMemory;
    readonly Module: new (bytes: Uint8Array) => WasmModule;
    readonly Instance: new (module: WasmModule, imports: WasmImports) => WasmInstance;
  };
};
