export { accountCancellationImage } from "./endpoints/account-cancellation-image.ts";
export { type BankPackageTask, bankPackageTask } from "./endpoints/bank-package-task.ts";
export { complaintImage, globalComplaintImage } from "./endpoints/complaint-images.ts";
export {
  type FapiaoFile,
  fapiaoFile,
  type TaxiFapiaoFile,
  taxiFapiaoFile,
} from "./endpoints/fapiao-files.ts";
export { globalMerchantFile } from "./endpoints/global-merchant-file.ts";
export {
  brandProductCouponImage,
  marketingImage,
  productCouponImage,
} from "./endpoints/marketing-images.ts";
export { merchantFile, merchantVideo } from "./endpoints/merchant-files.ts";
export {
  type DueDiligenceFile,
  dueDiligenceFile,
  type SubmissionFile,
  submissionFile,
} from "./endpoints/merchant-management-files.ts";
export {
  type ShoppingReceipt,
  type StoredReceipt,
  shoppingReceipt,
} from "./endpoints/shopping-receipt.ts";
export type { PayFileEndpoint } from "./pay-file-endpoint.ts";
export type { PayRate } from "./rate.ts";
