/** Calls `act` while every object inherits these members, as after an attack on `Object.prototype`. */
export function polluted<T>(members: object, act: () => T): T {
  for (const [name, value] of Object.entries(members)) {
    Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true });
  }
  try {
    return act();
  } finally {
    for (const name of Object.keys(members)) Reflect.deleteProperty(Object.prototype, name);
  }
}
