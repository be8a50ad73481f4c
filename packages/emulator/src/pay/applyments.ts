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

/** Either of the two names of an application. */
export type AskedApplyment = { business_code: string } | { applyment_id: string };

const isAsked = (applyment: Applyment, asked: AskedApplyment): boolean =>
  "business_code" in asked
    ? applyment.business_code === asked.business_code
    : String(applyment.applyment_id) === asked.applyment_id;

export interface Applyments {
  all(): Applyment[];
  /** The application of this merchant with this business_code or applyment_id. */
  find(mchid: string, asked: AskedApplyment): Applyment | undefined;
  add(applyment: Omit<Applyment, "applyment_id">): Applyment;
}

/** The id in WeChat's example; that ids increase by one is assumed. */
const FIRST_ID = 2000002124775691;

export function createApplyments(): Applyments {
  const taken: Applyment[] = [];
  return {
    all: () => taken.map((applyment) => ({ ...applyment })),
    find: (mchid, asked) => taken.find((other) => other.mchid === mchid && isAsked(other, asked)),
    add(applyment) {
      const added = { applyment_id: FIRST_ID + taken.length, ...applyment };
      taken.push(added);
      return added;
    },
  };
}
