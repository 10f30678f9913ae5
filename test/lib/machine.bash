# Sourced: freshly installed machines. Each is a directory made by debootstrap, entered with processes and mounts of its
# own, so that nothing of it can outlive the script. Needs root.
#
#   machine_possible       whether they can be made here
#   machine_refused        says that they cannot
#   machine_create         a release with git and make, made once: test/run names a directory, MACHINES, for all its suites
#   machine_copy           a machine like it, in WORK
#   machine_add_release    lets it have packages of an older release, too
#   machine_enter          runs a command in it; with NETWORK=no without a network
# shellcheck shell=bash

# Which release of Debian has which PostgreSQL.
# shellcheck disable=SC2034
declare -A RELEASE_WITH=([15]=bookworm [17]=trixie [18]=forky)

machine_possible() {
	is_root && unshare --mount --pid --net --fork true 2>/dev/null
}

# machine_refused what: where none can be made. In CI that is a failure: there, nothing is left out.
machine_refused() {
	local why="it needs root, and mounts, processes and a network of its own"
	if [[ -n ${CI:-} ]]; then
		say "not ok - $1: $why"
		return 1
	fi
	say "skip - $1: $why"
}

make_work() {
	MIRROR=$(mirror)
	work_directory machine
}

# isolated command ...: its mounts vanish and its processes end with it.
isolated() {
	local net=()
	if [[ ${NETWORK:-yes} == no ]]; then
		net=(--net)
	fi
	unshare --mount --pid "${net[@]}" --fork --kill-child --propagation private "$@"
}

# The first mirror in this machine's apt configuration that is no security archive. A release's last file may be old.
mirror() {
	# shellcheck disable=SC2016
	apt-get indextargets --format '$(SITE) $(RELEASE)' | awk '$2 !~ /security|updates|backports/ { print $1; exit }'
}

# A debootstrap that is older than the release has no script of that name; that of the newest release will do.
script_for() {
	local scripts=/usr/share/debootstrap/scripts
	if [[ -e $scripts/$1 ]]; then
		printf '%s\n' "$scripts/$1"
	else
		printf '%s\n' "$scripts/sid"
	fi
}

# machine_create release: under its name. A directory that is only half made has another one.
machine_create() {
	local release=$1 made=${MACHINES:-$WORK}/$1 root=${MACHINES:-$WORK}/$1.new try
	[[ ! -e $made ]] || return 0
	for try in 1 2; do
		rm -rf --one-file-system "$root"
		if isolated timeout 600 debootstrap --variant=minbase --include=git,make "$release" "$root" "$MIRROR" "$(script_for "$release")" >"$WORK/debootstrap.log" 2>&1; then
			configure_packages "$root"
			add_security "$release" "$root"
			mkdir -p "${MACHINES:-$WORK}/archives-$release/partial"
			mv "$root" "$made"
			return 0
		fi
		say "# $release: debootstrap failed (try $try)"
	done
	tail -n 20 "$WORK/debootstrap.log"
	return 1
}

# A freshly installed Debian takes its security updates, too. Where from, this machine knows if it is of that release.
add_security() {
	# shellcheck disable=SC2016
	apt-get indextargets --format '$(SITE) $(RELEASE)' |
		awk -v suite="$1-security" '$2 == suite { print "deb", $1, suite, "main"; exit }' >>"$2/etc/apt/sources.list"
}

# What this machine needs to reach its mirror, the new one needs too. A machine that is thrown away can do without fsync.
configure_packages() {
	local etc=$1/etc/apt/apt.conf.d/90test
	echo 'Acquire::Check-Valid-Until "false";' >"$etc"
	apt-config dump | grep -iE '^Acquire::https?::Proxy ' >>"$etc" || true
	echo force-unsafe-io >"$1/etc/dpkg/dpkg.cfg.d/90test"
}

machine_copy() {
	cp -a --reflink=auto "${MACHINES:-$WORK}/$1" "$WORK/$2"
}

# machine_add_release name release: for packages that its own release has not; of all others its own are taken. Without
# security updates: what one of them brought a while ago the newer release may be without yet.
machine_add_release() {
	local etc=$WORK/$1/etc/apt
	echo "deb $MIRROR $2 main" >>"$etc/sources.list"
	printf 'Package: *\nPin: release n=%s\nPin-Priority: 90\n' "$2" >"$etc/preferences.d/$2"
}

machine_remove() {
	rm -rf --one-file-system "${WORK:?}/$1"
}

# machine_forget release: unless another suite may want it.
machine_forget() {
	if [[ -z ${MACHINES:-} ]]; then
		machine_remove "$1"
		machine_remove "archives-$1"
	fi
}

# machine_enter release name command ...: what one machine of a release has downloaded, the next need not.
machine_enter() {
	local release=$1 root=$WORK/$2
	shift 2
	# shellcheck disable=SC2016
	isolated bash -euc '
		root=$1
		archives=$2
		shift 2
		mount -t proc proc "$root/proc"
		mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
		mount -t devpts -o newinstance,ptmxmode=0666,gid=5 devpts "$root/dev/pts"
		if [[ -n $archives ]]; then
			mount --bind "$archives" "$root/var/cache/apt/archives"
		fi
		exec chroot "$root" env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM=dumb \
			${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} "$@"
	' bash "$root" "$([[ ${NETWORK:-yes} == no ]] || echo "${MACHINES:-$WORK}/archives-$release")" "$@"
}

# machine_prepare release name script: as root, before the person comes.
machine_prepare() {
	machine_enter "$1" "$2" bash -euc "
		export DEBIAN_FRONTEND=noninteractive
		fetch() { apt-get -qq -y -o Acquire::Retries=3 install --no-install-recommends \"\$@\"; }
		$3" >"$WORK/prepare.log" 2>&1 </dev/null || {
		tail -n 20 "$WORK/prepare.log"
		return 1
	}
}

# machine_checkout name directory [owner]: the project as somebody who cloned it has it.
machine_checkout() {
	local root=$WORK/$1 to=$WORK/$1$2
	copy_source "$to"
	(
		cd "$to" || exit
		git init -q
		git add -A
		git -c user.name=test -c user.email=test@localhost commit -q -m test
	)
	if [[ -n ${3:-} ]]; then
		chroot "$root" chown -R "$3:" "$2"
	fi
}
