namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// Endpoint metadata: the call reads a JSON body itself. Our own metadata, not <c>Accepts</c>, because routing would then
/// answer a wrong content type before the caller is known.
/// </summary>
/// <param name="Contract">The body's form.</param>
/// <param name="IsOptional">Whether the body may be left out.</param>
/// <param name="Needed">The fields that must be there; the others may be left out or null.</param>
internal sealed record JsonBodyMetadata(Type Contract, bool IsOptional, IReadOnlyList<string> Needed);
