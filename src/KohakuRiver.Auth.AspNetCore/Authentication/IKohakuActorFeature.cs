namespace KohakuRiver.Auth.AspNetCore;

/// <summary>The actor of the request, in <c>HttpContext.Features</c> once credentials have been read.</summary>
public interface IKohakuActorFeature
{
    /// <summary>
    /// Who is acting; <see cref="Actor.Anonymous"/> (with the address) where no credential was good. Code that must
    /// tell a bad credential or an outage from none takes <see cref="Actor"/> as a service instead.
    /// </summary>
    Actor Actor { get; }
}
