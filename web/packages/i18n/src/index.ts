export * from "./language";
export * from "./size";
export * from "./time";
