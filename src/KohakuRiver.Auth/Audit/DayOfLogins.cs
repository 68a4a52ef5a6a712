namespace KohakuRiver.Auth;

/// <summary>The password logins of one day.</summary>
/// <param name="Day">The day, UTC.</param>
/// <param name="Successes">Successful logins.</param>
/// <param name="Failures">Failed attempts, except throttled ones.</param>
public sealed record DayOfLogins(DateOnly Day, long Successes, long Failures);
