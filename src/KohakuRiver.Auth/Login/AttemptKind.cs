namespace KohakuRiver.Auth;

/// <summary>What <see cref="AttemptThrottle"/> limits, each in buckets of its own.</summary>
internal sealed class AttemptKind
{
    private const string TooManyFailures = "Too many failed attempts from your address. Wait a moment and try again.";

    private readonly Func<ThrottlingOptions, int> limit;
    private readonly string unit;

    private AttemptKind(string bucket, Func<ThrottlingOptions, int> limit, string unit, string message)
    {
        Bucket = bucket;
        this.limit = limit;
        this.unit = unit;
        Message = message;
    }

    /// <summary>Wrong passwords. Counted before they are judged; right ones are given back.</summary>
    internal static AttemptKind FailedLogin { get; } = new("login", o => o.LoginFailuresPerMinute, "failures a minute", TooManyFailures);

    /// <summary>Right passwords, and new ones that are hashed for whoever registers or resets: each costs a hash.</summary>
    internal static AttemptKind Login { get; } = new(
        "logins", o => o.LoginsPerMinute, "a minute", "Too many logins from your address. Wait a moment and try again.");

    /// <summary>Unknown codes and wrong register secrets.</summary>
    internal static AttemptKind Code { get; } = new("code", o => o.CodeFailuresPerMinute, "failures a minute", TooManyFailures);

    /// <summary>Wrong master secrets.</summary>
    internal static AttemptKind MasterSecret { get; } = new(
        "master", o => o.MasterSecretFailuresPerMinute, "failures a minute", TooManyFailures)
    {
        IsFinal = true,
    };

    /// <summary>Registrations without a code, by the hour.</summary>
    internal static AttemptKind OpenRegistration { get; } = new(
        "register", o => o.OpenRegistrationsPerHour, "an hour", "Too many accounts were asked for from your address. Try again later.")
    {
        Window = TimeSpan.FromHours(1),
    };

    /// <summary>The name of its buckets.</summary>
    internal string Bucket { get; }

    /// <summary>How long one window of the clock is.</summary>
    internal TimeSpan Window { get; private init; } = TimeSpan.FromMinutes(1);

    /// <summary>What those beyond the limit are told.</summary>
    internal string Message { get; }

    /// <summary>No attempt is ever given back: what is used up stays used up until the window ends.</summary>
    internal bool IsFinal { get; private init; }

    /// <summary>How many a window.</summary>
    internal int LimitOf(ThrottlingOptions options) => limit(options);

    /// <summary>For the audit log.</summary>
    internal string Describe(ThrottlingOptions options) => $"more than {LimitOf(options)} {unit}: {Bucket}";
}
