namespace KohakuRiver.Auth;

/// <summary>All instruments and their attributes. No attribute identifies anyone: no names, no addresses, no ids.</summary>
internal static class Instruments
{
    internal const string Prefix = "kohaku_river.auth.";

    internal const string OutcomeName = Prefix + "outcome";

    internal static readonly TagAttribute<LoginOutcome> LoginOutcome = new(OutcomeName);
    internal static readonly TagAttribute<RegistrationOutcome> RegistrationOutcome = new(OutcomeName);
    internal static readonly TagAttribute<AuthenticationOutcome> AuthenticationOutcome = new(OutcomeName);
    internal static readonly TagAttribute<DeliveryOutcome> DeliveryOutcome = new(OutcomeName);
    internal static readonly TagAttribute<CredentialTag> Credential = new(Prefix + "credential.kind");
    internal static readonly TagAttribute<CacheOutcome> Cache = new(Prefix + "cache.result");
    internal static readonly TagAttribute<HashOperation> Operation = new(Prefix + "password_hash.operation");
    internal static readonly TagAttribute<UnwrittenReason> Reason = new(Prefix + "audit.reason");
    internal static readonly AttributeInfo Status = new(Prefix + "approval.status", ["approved", "rejected", "withdrawn"]);

    internal static readonly InstrumentInfo Logins = new(
        Prefix + "logins", "{login}", "Password logins, by how they ended", LoginOutcome);

    internal static readonly InstrumentInfo Registrations = new(
        Prefix + "registrations", "{registration}", "Registrations, by how they ended", RegistrationOutcome);

    internal static readonly InstrumentInfo Authentications = new(
        Prefix + "authentications", "{authentication}", "Credentials checked, by kind, result, and whether it was cached (hit) "
            + "or looked up in the database (miss)",
        Credential, Cache, AuthenticationOutcome);

    internal static readonly InstrumentInfo HashDuration = new(
        Prefix + "password_hash.duration", "s", "Time a thread spent on one password", Operation);

    internal static readonly InstrumentInfo HashWait = new(
        Prefix + "password_hash.wait.duration", "s", "Time a password waited for a hashing thread");

    internal static readonly InstrumentInfo HashQueue = new(
        Prefix + "password_hash.queue.length", "{request}", "Requests waiting for a hashing thread");

    internal static readonly InstrumentInfo ApprovalsPending = new(
        Prefix + "approvals.pending", "{approval}", "Tasks waiting for a decision");

    internal static readonly InstrumentInfo ApprovalsDecided = new(
        Prefix + "approvals.decided", "{approval}", "Decisions about tasks made by people", Status);

    internal static readonly InstrumentInfo DeliveryAttempts = new(
        Prefix + "deliveries.attempts", "{attempt}", "Attempts to deliver a decision to the host's scheduler", Status, DeliveryOutcome);

    internal static readonly InstrumentInfo DeliveriesUndelivered = new(
        Prefix + "deliveries.undelivered", "{approval}", "Decisions that the host's scheduler has not accepted");

    internal static readonly InstrumentInfo DeliveriesOldestAge = new(
        Prefix + "deliveries.oldest_age", "s",
        "Time since the oldest decision that the host's scheduler has not accepted; 0 when there is none");

    internal static readonly InstrumentInfo SessionsActive = new(
        Prefix + "sessions.active", "{session}", "Sessions that have not expired");

    internal static readonly InstrumentInfo AuditUnwritten = new(
        Prefix + "audit.unwritten", "{entry}", "Audit entries about refusals and failures that were not written", Reason);

    internal static IReadOnlyList<InstrumentInfo> All { get; } =
    [
        Logins, Registrations, Authentications, HashDuration, HashWait, HashQueue, ApprovalsPending, ApprovalsDecided,
        DeliveryAttempts, DeliveriesUndelivered, DeliveriesOldestAge, SessionsActive, AuditUnwritten,
    ];
}
