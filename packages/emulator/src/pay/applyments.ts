/** An application (进件) that was accepted. */
export interface Applyment {
  readonly applyment_id: number;
  readonly mchid: string;
  readonly business_code: string;
  /** The decrypted name. */
  readonly contact_name: string;
  /** The media_id of the licence. */
  readonly license_copy: string;
}

export interface Applyments {
  all(): Applyment[];
  get(mchid: string, businessCode: string): Applyment | undefined;
  add(applyment: Omit<Applyment, "applyment_id">): Applyment;
}

/** The id in WeChat's example; that ids increase by one is assumed. */
const FIRST_ID = 2000002124775691;

export function createApplyments(): Applyments {
  const taken: Applyment[] = [];
  return {
    all: () => taken.map((applyment) => ({ ...applyment })),
    get: (mchid, businessCode) =>
      taken.find((other) => other.mchid === mchid && other.business_code === businessCode),
    add(applyment) {
      const added = { applyment_id: FIRST_ID + taken.length, ...applyment };
      taken.push(added);
      return added;
    },
  };
}
