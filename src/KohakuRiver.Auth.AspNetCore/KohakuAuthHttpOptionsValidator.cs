using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Checks at start what the host set in code.</summary>
internal sealed class KohakuAuthHttpOptionsValidator : IValidateOptions<KohakuAuthHttpOptions>
{
    public ValidateOptionsResult Validate(string? name, KohakuAuthHttpOptions options) =>
        string.IsNullOrEmpty(options.PathBase) || IsPath(options.PathBase)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"{nameof(KohakuAuthHttpOptions)}.{nameof(options.PathBase)} must be a path as UsePathBase() takes it, such as /cluster.");

    // As in an address: it goes into one as it is.
    private static bool IsPath(string value) =>
        value[0] == '/'
        && !value.StartsWith("//", StringComparison.Ordinal)
        && Uri.IsWellFormedUriString(value, UriKind.Relative)
        && PathString.FromUriComponent(value).ToUriComponent() == value;
}
