namespace KohakuRiver.Auth.AdminPanel.Tests.Hosting;

/// <summary>A busy week: sixty people in two groups, two hundred tasks, sixty of them waiting.</summary>
internal static class QueueFilling
{
    internal const int Waiting = 60;

    private static readonly string[] Names =
        ["ada", "grace", "linus", "barbara", "edsger", "donald", "margaret", "dennis", "ken", "frances", "alan", "katherine"];

    internal static async Task FillQueueAsync(this PanelHost host)
    {
        var vision = await AddGroupAsync(host, "Vision");
        var speech = await AddGroupAsync(host, "Speech");
        var people = new List<Actor>();
        for (var i = 0; i < 60; i++)
        {
            var made = await host.Get<IUserService>().CreateAsync(Actor.Host, new CreateUserCommand
            {
                Username = $"{Names[i % Names.Length]}.{(char)('a' + (i / Names.Length))}",
                Password = PanelHost.Password,
                Role = Role.User,
                GroupIds = [i % 2 == 0 ? vision.Id : speech.Id],
            });
            people.Add(Testing.TestActors.Of(made.Require().User));
        }

        var approvals = host.Get<IApprovalService>();
        var admin = host.ActorOf(Role.Admin);
        for (var i = 0; i < 200; i++)
        {
            var id = await SubmitAsync(host, people[i * 7 % people.Count], i);
            if (i < 200 - Waiting)
            {
                (i % 5 == 4
                    ? await approvals.RejectAsync(admin, id, "Please use the queue for small tests.")
                    : await approvals.ApproveAsync(admin, id)).Require();
            }
        }
    }

    private static async Task<Group> AddGroupAsync(PanelHost host, string name) =>
        (await host.Get<IGroupService>().CreateAsync(Actor.Host, new CreateGroupCommand { Name = name })).Require();

    private static async Task<string> SubmitAsync(PanelHost host, Actor by, int number)
    {
        IReadOnlyList<string> arguments = (number % 4) switch
        {
            0 => ["train.py", "--config", $"configs/resnet50-{number}.yaml", "--epochs", "90"],
            1 => ["-m", "pytest", "-q"],
            2 => [.. Enumerable.Range(0, 30).Select(i => $"--shard=/data/imagenet/train-{i:D5}-of-01024.tar")],
            _ => ["-c", $"import torch; print(torch.cuda.device_count(), {number})"],
        };
        var request = new TaskRequest
        {
            Command = number % 4 == 1 ? "python3" : "/usr/bin/python",
            Arguments = arguments,
            RequiredCores = 1 << (number % 6),
            RequiredMemoryBytes = number % 3 == 0 ? null : (long)(1 + (number % 8)) << 32,
            RequiredGpus = number % 4 == 0 ? [0, 1] : [],
            Target = number % 5 == 0 ? null : number % 2 == 0 ? "node-a" : "node-b",
        };
        return (await host.Cluster.SubmitAsync(by, request, CancellationToken.None)).Require();
    }
}
