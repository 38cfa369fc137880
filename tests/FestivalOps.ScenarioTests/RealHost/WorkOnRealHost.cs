namespace FestivalOps.ScenarioTests.RealHost;

/// <summary>The tasks that change a host or look into it, by <c>/fops run</c> on the real one, each looked at from behind afterwards.</summary>
public sealed class WorkOnRealHost(StandingHost real, World world) : OnRealHost(real)
{
    private const string Place = "/var/www/festival-planner";

    [Fact]
    public async Task The_monthly_optimisation_does_what_is_there_and_says_what_a_container_refuses()
    {
        await using var stage = await StageAsync();
        await BehindAsync("echo before >>/var/log/nginx/access.log");
        await stage.Sato.Types("/fops run system-optimisation", @in: Seed.Ops);
        var post = await stage.Emily.Sees("*system-optimisation* 完了", "最適化: 完了 3 件、失敗 0 件、利用不可 4 件", "所要");
        post.Lines.ShouldContain("○ nginx のログローテーション: 完了");
        post.Lines.ShouldContain("○ Redis のメモリ解放 (MEMORY PURGE): 完了");
        post.Lines.ShouldContain("○ ディスクへの書き込み (sync): 完了");
        post.Lines.ShouldContain("? カーネルキャッシュの解放 (drop_caches): 利用できません: web1 の応答は「sysctl: permission denied on key \"vm.drop_caches\"」です。");
        post.Lines.ShouldContain("? キャッシュのウォームアップ (warm_cache): 利用できません: web1 の応答は「/usr/bin/env: ‘/usr/bin/bundle’: No such file or directory」です。");
        (await BehindAsync("tail -n 1 /var/log/nginx/access.log.1")).Trim().ShouldBe("before");
    }

    [Fact]
    public async Task System_updates_are_planned_and_a_second_person_lets_exactly_that_be_done()
    {
        await AnUpdateIsThereAsync();
        await using var stage = await StageAsync();
        await stage.Sato.Types("/fops run system-updates", @in: Seed.Ops);
        var asked = await stage.Emily.Sees("*system-updates の実行には承認が必要です*", "対象: web1", "festival-sample 1.0 → 2.0");
        asked.Text.ShouldContain("`sudo /usr/bin/apt-get --error-on=any update`");
        asked.Text.ShouldContain("gem の更新(--conservative): 利用できません: web1 に /usr/bin/bundle がありません。");
        await stage.Sato.Presses("承認して実行", @in: Seed.Ops);
        await stage.Sato.Sees("自分が依頼した実行は承認できません");
        (await InstalledAsync()).ShouldBe("1.0", "nobody has approved it yet");

        await stage.Suzuki.Presses("承認して実行", @in: Seed.Ops);
        var done = await stage.Emily.Sees(TimeSpan.FromMinutes(2), "*system-updates* 完了", $"承認: <@{Seed.Suzuki}>", "所要");
        done.Text.ShouldContain("○ OS パッケージ 1 件を更新しました(うちセキュリティ 0 件)");
        done.Text.ShouldContain("festival-sample 1.0 → 2.0");
        (await InstalledAsync()).ShouldBe("2.0");
        await stage.AuditShouldBeWholeAsync();
    }

    [Fact]
    public async Task Capacity_looks_at_the_rotation_and_deletes_the_applications_old_files()
    {
        await BehindAsync(
            $"for f in log/production.log.1.gz tmp/old tmp/cache/deep/old; do mkdir -p {Place}/$(dirname $f); echo x >{Place}/$f; touch -d '40 days ago' {Place}/$f; done; "
            + $"echo x >{Place}/tmp/young; echo x >/srv/others; touch -d '40 days ago' /srv/others; ln -sf /srv/others {Place}/tmp/link; chown -hR www-data:www-data {Place}/log {Place}/tmp; "
            + $"setfacl -R -m u:festivalops:rwX {Place}/log {Place}/tmp");
        await using var stage = await StageAsync();
        await stage.Sato.Types("/fops run capacity dry", @in: Seed.Ops);
        await stage.Emily.Sees("*capacity* (ドライラン) 完了", "古いログ: 1 件", "一時ファイル: 2 件");
        (await LeftAsync()).ShouldContain("tmp/old", customMessage: "a dry run deletes nothing");

        await stage.Sato.Types("/fops run capacity", @in: Seed.Ops);
        var post = await stage.Emily.Sees("*capacity* ", "○ ログローテーションの設定: 問題なし", "所要");
        post.Text.ShouldContain("古いログ (30 日超): 1 件を削除");
        post.Text.ShouldContain("一時ファイル (7 日超): 2 件を削除");
        post.Text.ShouldContain("○ データベース: ");
        post.Text.ShouldContain("ディスク: 使用 ");
        var left = await LeftAsync();
        left.ShouldContain("log/production.log");
        left.ShouldContain("tmp/young");
        left.ShouldContain("tmp/link", customMessage: "links are neither followed nor deleted");
        left.ShouldNotContain(l => l.EndsWith("/old", StringComparison.Ordinal) || l.EndsWith(".gz", StringComparison.Ordinal));
        await BehindAsync($"test -e /srv/others && rm /srv/others {Place}/tmp/link {Place}/tmp/young");
    }

    [Fact]
    public async Task The_security_check_reads_the_hosts_certificate_and_access_log()
    {
        await BehindAsync($"mkdir -p {Place}/config/ssl; openssl req -x509 -newkey rsa:2048 -nodes -days 60 -subj /CN=festival.example.com -keyout /dev/null -out {Place}/config/ssl/cert.pem 2>/dev/null");
        using (var visitor = new HttpClient { Timeout = TimeSpan.FromSeconds(10) })
        {
            for (var visit = 0; visit < 3; visit++) (await visitor.GetAsync(new Uri($"http://{Real.Machine.Address}/no-such-page"), Ct)).Dispose();
        }
        await using var stage = await StageAsync(("Checks:Certificate:Endpoint", ""));
        await stage.Sato.Types("/fops run security-check", @in: Seed.Ops);
        var post = await stage.Emily.Sees("*security-check* 完了", "所要");
        post.Text.ShouldContain($"○ 証明書 {Place}/config/ssl/cert.pem: 残り 59 日");
        post.Text.ShouldMatch(@"○ アクセスログ: 403: 0、404: [3-9]\d*、429: 0\(全 \d+ リクエスト");
        post.Text.ShouldContain("? bundle audit: 利用できません: web1 に /usr/bin/bundle がありません。");
        post.Text.ShouldContain("? npm audit: 利用できません: web1 に /usr/bin/npm がありません。");
    }

    [Fact]
    public async Task The_firewall_that_is_switched_off_is_a_finding_of_the_audit()
    {
        await using var stage = await StageAsync();
        await stage.Sato.Types("/fops run security-audit", @in: Seed.Ops);
        var post = await stage.Emily.Sees("*security-audit* 失敗", "所要");
        post.Text.ShouldContain("× ファイアウォール: ufw ");
        post.Text.ShouldContain("? セキュリティ監査: 利用できません: web1 の応答は「/usr/bin/env: ‘/usr/bin/bundle’: No such file or directory」です。");
    }

    [Fact]
    public async Task Sundays_maintenance_works_on_the_hosts_database_and_its_old_files()
    {
        await BehindAsync(
            $"echo x >{Place}/tmp/old; touch -d '8 days ago' {Place}/tmp/old; chown www-data {Place}/tmp/old; runuser -u postgres -- psql -qd festival_planner_platform_production -c "
            + "\"SET ROLE planner; CREATE TABLE sessions (id bigserial PRIMARY KEY, updated_at timestamp NOT NULL); INSERT INTO sessions (updated_at) SELECT now() - make_interval(days => n, hours => -1) FROM generate_series(1, 60) n\"");
        try
        {
            await using var stage = await StageAsync(("Platform:MaintenanceDatabase", Real.Database), ("Maintenance:DatabaseMaintenance:BatchRows", "10"));
            await stage.Sato.Types("/fops run database-maintenance", @in: Seed.Ops);
            var post = await stage.Emily.Sees(TimeSpan.FromMinutes(1), "*database-maintenance* ", "sessions (30 日超): 30 行中 30 行を削除", "所要");
            post.Text.ShouldContain("統計の更新: 39 テーブル中 39 件");
            post.Text.ShouldContain("一時ファイル (7 日超): 1 件を削除");
            (await BehindAsync($"runuser -u postgres -- psql -qtAd festival_planner_platform_production -c 'SELECT count(*) FROM sessions'; ls {Place}/tmp")).ShouldStartWith("30\n");
        }
        finally
        {
            await BehindAsync("runuser -u postgres -- psql -qd festival_planner_platform_production -c 'DROP TABLE sessions'");
        }
    }

    [Fact]
    public async Task Mondays_look_reads_the_backups_on_the_host_and_makes_a_dump_over_the_accounts_own_login()
    {
        const string Backups = "/var/backups/festival-planner";
        await BehindAsync(
            $"install -d -o festivalops {Backups}; runuser -u postgres -- pg_dump festival_planner_platform_production | gzip >{Backups}/db_1.sql.gz; head -c 1000 {Backups}/db_1.sql.gz >{Backups}/db_0.sql.gz; touch -d '1 day ago' {Backups}/db_0.sql.gz");
        try
        {
            await using var stage = await StageAsync(("Maintenance:Backups:KeepFreeMegabytes", "0"));
            await stage.Sato.Types("/fops run backups", @in: Seed.Ops);
            var post = await stage.Emily.Sees(TimeSpan.FromMinutes(1), "*backups* 失敗", "所要");
            post.Text.ShouldContain("db_1.sql.gz");
            post.Text.ShouldContain("× db_0.sql.gz", customMessage: "it is cut off");
            post.Text.ShouldContain("○ 新しいダンプを作成し、末尾まで読めることを確認しました: festivalops-dump-");
            (await BehindAsync($"pg_restore --list {Backups}/festivalops-dump-*.dump")).ShouldContain("TABLE DATA public notifications");
        }
        finally
        {
            await BehindAsync($"rm -r {Backups}");
        }
    }

    private Task<Stage> StageAsync(params (string Key, string? Value)[] more)
    {
        var settings = Real.BotSettings();
        foreach (var (key, value) in more) settings[key] = value;
        return world.NewStageAsync(new(Transport.Http, Store.Sqlite) { Settings = settings });
    }

    private async Task<IReadOnlyList<string>> LeftAsync() =>
        (await BehindAsync($"cd {Place}; find log tmp ! -type d")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private async Task<string> InstalledAsync() => await BehindAsync("dpkg-query --show --showformat='${Version}' festival-sample");
}
