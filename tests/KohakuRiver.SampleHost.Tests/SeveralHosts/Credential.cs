namespace KohakuRiver.SampleHost.Tests.SeveralHosts;

/// <summary>What somebody shows at the door, as one header, to whichever host they ask.</summary>
internal sealed record Credential(string Header, string Value)
{
    internal static Credential Bearer(string token) => new("Authorization", "Bearer " + token);
}
