namespace KohakuRiver.Cli.Tests.Former;

/// <summary>
/// What the original command line offers, as its own help shows it: each command with all its options and their spellings.
/// </summary>
internal static class OriginalCommandLine
{
    /// <summary>Path, then a colon, then the options; those of the root stand before the command.</summary>
    internal static IReadOnlyList<string> Commands { get; } =
    """
    : --host/-H --port/-P --format/-f
    auth login : --username/-u --password/-p --token/-t --token-name
    auth logout : --revoke/-r
    auth status :
    auth token :
    auth token create :
    auth token list :
    auth token revoke :
    config completion : --output/-o
    config env :
    config show :
    connect : --ide/-i
    docker container create :
    docker container delete : --force/-f
    docker container list :
    docker container migrate :
    docker container shell :
    docker container start :
    docker container stop :
    docker delete : --force/-f
    docker images :
    docker tar create :
    docker tar delete : --force/-f
    docker tar list :
    forward : --local-port/-l --local-host/-H --proto/-p
    init config : --generate/-g --host --runner --output-dir/-o
    init service : --host --runner --all --host-config --runner-config --working-dir --python-path --capture-env --no-install
    node health :
    node ip-available : --runner/-r --limit/-l
    node ip-info :
    node ip-list : --runner/-r
    node ip-release :
    node ip-reserve : --ip/-i --ttl/-t
    node list : --status/-s
    node overlay :
    node overlay-cleanup : --force/-f
    node overlay-release : --force/-f
    node status :
    node summary :
    node watch :
    qemu acs-override :
    qemu check :
    qemu cleanup : --hostname/-n --force/-f --yes/-y
    qemu image create : --name/-n --ubuntu-version --size/-s --images-dir
    qemu image list : --images-dir
    qemu instances :
    ssh config : --output/-o
    ssh connect : --key/-i --proxy-port --local-port --user/-u
    status :
    task kill :
    task list : --status/-s --node/-n --limit/-l --compact/-c
    task logs : --stderr/-e --follow/-f
    task pause :
    task resume :
    task status :
    task submit : --target/-t --cores/-c --memory/-m --container --image --privileged --mount --wait/-w
    task watch :
    terminal : --host/-H --port/-P --refresh/-r
    terminal attach : --shell/-s
    terminal exec :
    version :
    vps connect : --key/-i
    vps create : --target/-t --cores/-c --memory/-m --container --image --privileged --mount --ssh --no-ssh-key --gen-ssh-key
    vps create : --public-key-file --public-key-string --key-out-file --backend/-b --vm-image --vm-disk --vm-memory
    vps list : --all/-a
    vps pause :
    vps restart :
    vps resume :
    vps status :
    vps stop :
    """.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
