using System.Net;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth;

/// <summary>Checks the whole configuration at start and reports every fault, naming its key.</summary>
internal sealed class KohakuAuthOptionsValidator : IValidateOptions<KohakuAuthOptions>
{
    /// <summary>The longest lifetime and idle time of a session; longer ones are typing errors.</summary>
    internal static readonly TimeSpan LongestSession = TimeSpan.FromDays(90);

    private const int SecretMinimum = 32;
    private static readonly TimeSpan ShortestRetention = TimeSpan.FromHours(1);

    public ValidateOptionsResult Validate(string? name, KohakuAuthOptions options)
    {
        var faults = new List<string>();
        if (!PasswordText.CanNormalize)
        {
            faults.Add(
                "The process runs in invariant globalization mode, in which passwords with accents would differ from host to host: set "
                + "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT to 0 (InvariantGlobalization to false in the project) and install ICU.");
        }

        Secret(nameof(options.AdminSecret), options.AdminSecret);
        Secret(nameof(options.AdminSecretPrevious), options.AdminSecretPrevious);
        Secret(nameof(options.AdminRegisterSecret), options.AdminRegisterSecret);
        if (!string.IsNullOrEmpty(options.AdminRegisterSecret)
            && (options.AdminRegisterSecret == options.AdminSecret || options.AdminRegisterSecret == options.AdminSecretPrevious))
        {
            Fault(
                nameof(options.AdminRegisterSecret),
                "must differ from AdminSecret and AdminSecretPrevious: it stops working with the first admin, they do not");
        }

        if (options.Registration is < RegistrationMode.Closed or > RegistrationMode.Viewer)
        {
            Fault(nameof(options.Registration), "must be Closed or Viewer");
        }

        Between(nameof(options.SessionLifetime), options.SessionLifetime, TimeSpan.FromMinutes(1), LongestSession);
        Between(nameof(options.SessionIdleTimeout), options.SessionIdleTimeout, TimeSpan.Zero, LongestSession);
        if (options.SessionIdleTimeout > TimeSpan.Zero && options.SessionIdleTimeout < TimeSpan.FromMinutes(5))
        {
            Fault(nameof(options.SessionIdleTimeout), "must be 0 (off) or at least 5 minutes, because use is recorded once a minute");
        }

        Between(nameof(options.InvitationLifetime), options.InvitationLifetime, TimeSpan.FromMinutes(1), TimeSpan.FromDays(30));
        if (options.ApprovalRequiredRoles?.Any(r => r is < Role.User or > Role.Admin) == true)
        {
            Fault(nameof(options.ApprovalRequiredRoles), "may list user, operator and admin only");
        }

        Within("Passwords:MinimumLength", options.Passwords.MinimumLength, 8, 256);
        Within("Passwords:WorkFactor", options.Passwords.WorkFactor, 10, 16);
        Within("Passwords:HashingQueueLength", options.Passwords.HashingQueueLength, 0, 10_000);
        Within("Throttling:LoginFailuresPerMinute", options.Throttling.LoginFailuresPerMinute, 1, 1_000_000);
        Within("Throttling:LoginsPerMinute", options.Throttling.LoginsPerMinute, 1, 1_000_000);
        Within("Throttling:CodeFailuresPerMinute", options.Throttling.CodeFailuresPerMinute, 1, 1_000_000);
        Within("Throttling:MasterSecretFailuresPerMinute", options.Throttling.MasterSecretFailuresPerMinute, 1, 1_000_000);
        Within("Throttling:OpenRegistrationsPerHour", options.Throttling.OpenRegistrationsPerHour, 1, 1_000_000);
        Within("Throttling:LockoutThreshold", options.Throttling.LockoutThreshold, 1, 1_000_000);
        Between("Throttling:LockoutFirstPause", options.Throttling.LockoutFirstPause, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        Between(
            "Throttling:LockoutLongestPause",
            options.Throttling.LockoutLongestPause,
            options.Throttling.LockoutFirstPause,
            TimeSpan.FromDays(1));
        Within("Limits:TokensPerUser", options.Limits.TokensPerUser, 1, 100_000);
        Within("Limits:SessionsPerUser", options.Limits.SessionsPerUser, 1, 100_000);
        Within("Limits:OpenInvitations", options.Limits.OpenInvitations, 1, 1_000_000);
        Within("Limits:CachedCredentials", options.Limits.CachedCredentials, 0, 10_000_000);
        Kept("Retention:AuditEntries", options.Retention.AuditEntries);
        Kept("Retention:ApprovalContent", options.Retention.ApprovalContent);
        Between("Retention:ExpiredCredentials", options.Retention.ExpiredCredentials, TimeSpan.Zero, TimeSpan.FromDays(3_650));
        Between("Delivery:PollInterval", options.Delivery.PollInterval, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1));
        Between("Delivery:FirstPause", options.Delivery.FirstPause, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1));
        Between("Delivery:LongestPause", options.Delivery.LongestPause, options.Delivery.FirstPause, TimeSpan.FromDays(1));
        Between("Delivery:Timeout", options.Delivery.Timeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        Between("Streams:RecheckInterval", options.Streams.RecheckInterval, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        Between(nameof(options.BodyTimeout), options.BodyTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        foreach (var proxy in options.TrustedProxies)
        {
            if (string.Equals(proxy, "unix", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(proxy, out _))
            {
                continue;
            }

            if (!IPNetwork.TryParse(proxy, out var network))
            {
                Fault(nameof(options.TrustedProxies), $"'{proxy}' is neither an address, nor a network such as 10.0.0.0/8, nor unix");
            }
            else if (network.PrefixLength == 0)
            {
                Fault(
                    nameof(options.TrustedProxies),
                    $"'{proxy}' covers all addresses, so every client could choose its own; name the proxies");
            }
        }

        if (options.PublicUrl is { } url && (!url.IsAbsoluteUri || url.Scheme is not ("http" or "https")))
        {
            Fault(nameof(options.PublicUrl), "must be an absolute http or https address");
        }
        else if (options.PublicUrl is { } known && (known.Query.Length > 0 || known.Fragment.Length > 0 || known.UserInfo.Length > 0))
        {
            Fault(nameof(options.PublicUrl), "must consist of a scheme, a host name and a path only");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        void Fault(string key, string what) => faults.Add($"{KohakuAuthOptions.SectionName}:{key} {what}.");

        void Secret(string key, string? value)
        {
            if (value is { Length: > 0 and < SecretMinimum })
            {
                Fault(key, $"must have at least {SecretMinimum} characters, or be omitted");
            }
        }

        void Between(string key, TimeSpan value, TimeSpan least, TimeSpan most)
        {
            if (value < least || value > most)
            {
                Fault(key, $"must be between {DurationText.Write(least)} and {DurationText.Write(most)}");
            }
        }

        void Kept(string key, TimeSpan value)
        {
            Between(key, value, TimeSpan.Zero, TimeSpan.FromDays(36_500));
            if (value > TimeSpan.Zero && value < ShortestRetention)
            {
                Fault(
                    key,
                    $"must be 0 (forever) or at least {DurationText.Write(ShortestRetention)}, because shorter would remove what was just "
                    + "written");
            }
        }

        void Within(string key, int value, int least, int most)
        {
            if (value < least || value > most)
            {
                Fault(key, $"must be between {least} and {most}");
            }
        }
    }
}
