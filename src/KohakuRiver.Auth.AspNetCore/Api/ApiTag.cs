using Microsoft.AspNetCore.Http.Metadata;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Endpoint metadata: the heading under which the OpenAPI document lists the call.</summary>
internal sealed record ApiTag(string Name, string Description) : ITagsMetadata
{
    /// <inheritdoc />
    public IReadOnlyList<string> Tags => [Name];
}
