using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Checks at start what the host set in code, and tells all faults at once.</summary>
internal sealed class KohakuAuthHttpOptionsValidator : IValidateOptions<KohakuAuthHttpOptions>
{
    public ValidateOptionsResult Validate(string? name, KohakuAuthHttpOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        if (options.LoginPath is not null && !LocalUrls.IsLocal(options.LoginPath))
        {
            result.AddError("LoginPath must be a path of this host, such as /sign-in: it begins with one slash.");
        }

        if (!string.IsNullOrEmpty(options.PathBase) && !IsPath(options.PathBase))
        {
            result.AddError(
                $"{nameof(KohakuAuthHttpOptions)}.{nameof(options.PathBase)} must be a path as UsePathBase() takes it, such as /cluster.");
        }

        return result.Build();
    }

    // As in an address: it goes into one as it is.
    private static bool IsPath(string value) =>
        LocalUrls.IsLocal(value)
        && Uri.IsWellFormedUriString(value, UriKind.Relative)
        && PathString.FromUriComponent(value).ToUriComponent() == value;
}
