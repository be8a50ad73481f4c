export { answerNotification, type NotificationAnswer, notificationAnswer } from "./answer.ts";
export type {
  HeadersLike,
  NotificationRequest,
  RawNotification,
  WebRequest,
} from "./incoming.ts";
export { NotificationError, type NotificationErrorReason } from "./notification-error.ts";
export {
  type NotificationOptions,
  type PayNotification,
  readNotification,
} from "./read-notification.ts";
