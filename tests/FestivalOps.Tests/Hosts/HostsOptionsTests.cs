using FestivalOps.Hosts;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Hosts;

/// <summary>Every bad value of a remote host with its whole sentence.</summary>
public sealed class HostsOptionsTests
{
    private static readonly string File = Make();

    private static RemoteHost Right => new() { Address = "10.0.0.7", KeyFile = File, KnownHosts = File };

    [Fact]
    public void Right_settings_are_no_reason_to_complain() => Right.Complaints().ShouldBeEmpty();

    [Fact]
    public void Each_wrong_value_has_its_sentence()
    {
        Complaint(h => h.Address = "a b").ShouldBe("Address must be a host name or an address.");
        Complaint(h => h.Address = "-oProxyCommand=x").ShouldBe("Address must be a host name or an address.");
        Complaint(h => h.Port = 0).ShouldBe("Port must be between 1 and 65535, but is 0.");
        Complaint(h => h.User = "a;b").ShouldBe("User must be the name of an account, such as festivalops.");
        Complaint(h => h.KeyFile = "").ShouldBe("KeyFile must name the file with our private key.");
        Complaint(h => h.KeyFile = "/no/such").ShouldBe("KeyFile names the file /no/such, which does not exist.");
        Complaint(h => h.KeyFile = "/etc/passwd").ShouldBe("KeyFile /etc/passwd can be read by others: chmod 600 /etc/passwd");
        Complaint(h => h.KnownHosts = "").ShouldBe("KnownHosts must name a file with the host's key.");
        Complaint(h => h.KnownHosts = "/no/such").ShouldBe("KnownHosts names the file /no/such, which does not exist.");
        Complaint(h => h.ConnectTimeoutSeconds = 61).ShouldBe("ConnectTimeoutSeconds must be between 1 and 60, but is 61.");
        Complaint(h => h.KeepAliveSeconds = 0).ShouldBe("KeepAliveSeconds must be between 1 and 300, but is 0.");
    }

    private static string Complaint(Action<RemoteHost> change)
    {
        var host = Right;
        change(host);
        return host.Complaints().ShouldHaveSingleItem();
    }

    private static string Make()
    {
        var file = Path.GetTempFileName();
        System.IO.File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }
}
