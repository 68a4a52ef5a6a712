using System.Globalization;
using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth;

/// <summary>
/// Returns the settings in force. Stored values are read again after half a second, so that a change made by another
/// instance is in force here within one.
/// </summary>
internal sealed class SettingsReader(ISettingsStore store, IOptions<KohakuAuthOptions> options, TimeProvider clock)
{
    internal const string SessionLifetime = "session_lifetime_hours";
    internal const string SessionIdle = "session_idle_hours";
    internal const string InvitationLifetime = "invitation_lifetime_hours";
    internal const string ApprovalRequiredRoles = "approval_required_roles";
    internal const string Registration = "registration";

    private static readonly TimeSpan FreshFor = TimeSpan.FromMilliseconds(500);

    private readonly Lock gate = new();
    private volatile Snapshot? last;
    private long generation;

    internal async ValueTask<EffectiveSettings> GetAsync(CancellationToken cancellationToken)
    {
        var snapshot = last;
        if (snapshot is not null && clock.GetElapsedTime(snapshot.ReadAt) < FreshFor)
        {
            return snapshot.Settings;
        }

        // The time is taken before the read: the values can only be newer than that.
        var readAt = clock.GetTimestamp();
        long before;
        lock (gate)
        {
            before = generation;
        }

        var settings = Merge(await store.ReadAsync(cancellationToken));
        lock (gate)
        {
            if (before == generation)
            {
                last = new Snapshot(settings, readAt);
            }
        }

        return settings;
    }

    /// <summary>Forces the next caller to read again, even if a read is under way.</summary>
    internal void Forget()
    {
        lock (gate)
        {
            generation++;
            last = null;
        }
    }

    private EffectiveSettings Merge(IReadOnlyDictionary<string, string> stored)
    {
        var configured = options.Value;
        return new EffectiveSettings
        {
            SessionLifetime = Hours(stored, SessionLifetime) ?? configured.SessionLifetime,
            SessionIdleTimeout = Hours(stored, SessionIdle) ?? configured.SessionIdleTimeout,
            InvitationLifetime = Hours(stored, InvitationLifetime) ?? configured.InvitationLifetime,
            ApprovalRequiredRoles = Roles(stored) ?? [.. (configured.ApprovalRequiredRoles ?? [Role.User]).Distinct().Order()],
            Registration = stored.TryGetValue(Registration, out var mode)
                ? mode == "viewer" ? RegistrationMode.Viewer : RegistrationMode.Closed
                : configured.Registration,
            AdminSecretSet = !string.IsNullOrEmpty(configured.AdminSecret),
            AdminSecretPreviousSet = !string.IsNullOrEmpty(configured.AdminSecretPrevious),
            AdminRegisterSecretSet = !string.IsNullOrEmpty(configured.AdminRegisterSecret),
        };
    }

    private static TimeSpan? Hours(IReadOnlyDictionary<string, string> stored, string key) =>
        stored.TryGetValue(key, out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
            ? TimeSpan.FromHours(hours)
            : null;

    private static List<Role>? Roles(IReadOnlyDictionary<string, string> stored)
    {
        if (!stored.TryGetValue(ApprovalRequiredRoles, out var text))
        {
            return null;
        }

        var roles = new List<Role>();
        foreach (var name in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (RoleNames.TryParse(name, out var role))
            {
                roles.Add(role);
            }
        }

        return roles;
    }

    private sealed record Snapshot(EffectiveSettings Settings, long ReadAt);
}
