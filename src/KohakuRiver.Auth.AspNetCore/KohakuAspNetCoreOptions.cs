namespace KohakuRiver.Auth.AspNetCore;

/// <summary>How the library sits in the host; set once, in <c>AddAspNetCore(o => …)</c>.</summary>
public sealed class KohakuAspNetCoreOptions
{
    /// <summary>
    /// Makes <c>Kohaku</c> the host's default authentication scheme, so that a plain <c>[Authorize]</c> and
    /// <c>HttpContext.User</c> mean it. Default false: the host's own default stays what it is.
    /// </summary>
    public bool UseAsDefaultScheme { get; set; }
}
