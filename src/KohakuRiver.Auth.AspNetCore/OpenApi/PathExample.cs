using System.Text.Json.Nodes;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Endpoint metadata: the example of a parameter in the path, for the OpenAPI document.</summary>
internal sealed record PathExample(string Name, JsonNode Value);
