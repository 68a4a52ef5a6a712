// <snippet:own-fields>
namespace Workshop;

/// <summary>What the app keeps about a user of the cluster, under the id of the account.</summary>
public sealed class Profile
{
    public required long UserId { get; init; }

    public required string Department { get; set; }
}
// </snippet:own-fields>
